/**
 * The graph of users and items: its edges on their way to every task manager.
 *
 * <p>In: interactions. Out: updates of the replica's {@link
 * io.github.flinkrecsys.core.graph.InteractionGraph}. No parameter or return value is {@code null}
 * unless said.
 */
package io.github.flinkrecsys.operators.graph;
