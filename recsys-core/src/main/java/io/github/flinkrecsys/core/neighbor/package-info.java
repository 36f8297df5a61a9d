/**
 * Item-to-item neighbours from what users turn to in one sitting, learned one interaction at a
 * time.
 *
 * <p>In: an item and the user's recent items. Out: per item a bounded list of neighbours with
 * decayed weights. No parameter or return value is {@code null} unless said.
 */
package io.github.flinkrecsys.core.neighbor;
