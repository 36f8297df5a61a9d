/**
 * The live graph of users and items, and random walks over it.
 *
 * <p>In: edges, each the newest interaction of a user with an item; the recent items of a user.
 * Out: items by how often walks from the recent items come past. Nodes are 64-bit hashes of ids, of
 * users and of items apart. {@link io.github.flinkrecsys.core.graph.InteractionGraph} is shared by
 * threads; {@link io.github.flinkrecsys.core.graph.GraphWalk} belongs to one. No parameter or
 * return value is {@code null} unless said.
 */
package io.github.flinkrecsys.core.graph;
