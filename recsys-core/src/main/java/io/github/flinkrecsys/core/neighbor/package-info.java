/**
 * Neighbours: of items, from what users turn to in one sitting, and of live sessions, among the
 * most recent closed ones. Both learn one event at a time.
 *
 * <p>In: an item and the user's recent items; closed sessions, as {@link
 * io.github.flinkrecsys.core.neighbor.IndexedSession}. Out: per item a bounded list of neighbours
 * with decayed weights; {@link io.github.flinkrecsys.core.neighbor.NextItem}s for a live session.
 * {@link io.github.flinkrecsys.core.neighbor.ItemNeighbors} and {@link
 * io.github.flinkrecsys.core.neighbor.SessionIndex} may be shared by all threads; {@link
 * io.github.flinkrecsys.core.neighbor.SessionNeighbors} hold scratch memory and belong to one. No
 * parameter or return value is {@code null} unless said.
 */
package io.github.flinkrecsys.core.neighbor;
