/**
 * The item side in memory: what ranking and training read, and the sums by which it changes.
 *
 * <p>In: {@link io.github.flinkrecsys.core.replica.ItemDeltas} and metadata. Out: rows of factors,
 * their codes, biases, popularity and metadata by dense slot. {@link
 * io.github.flinkrecsys.core.replica.ItemReplica} with what it gives out is shared by threads;
 * everything else belongs to one. No parameter or return value is {@code null} unless said.
 */
package io.github.flinkrecsys.core.replica;
