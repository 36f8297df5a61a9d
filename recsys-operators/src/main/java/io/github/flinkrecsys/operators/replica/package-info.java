/**
 * The bridge from the item side to the user side: one replica of all items per task manager and
 * model.
 *
 * <p>In: item deltas and metadata, broadcast. Out: memory, read without a network hop through
 * {@link io.github.flinkrecsys.operators.replica.SharedReplica}. No parameter or return value is
 * {@code null} unless said.
 */
package io.github.flinkrecsys.operators.replica;
