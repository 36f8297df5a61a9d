/**
 * Matrix factorization that learns from one interaction at a time.
 *
 * <p>In: a user's vector, an item, and the {@link io.github.flinkrecsys.core.replica.ItemReplica}.
 * Out: the user's vector after the step, in place, and the step's item deltas, which the caller
 * applies. Nothing here knows Flink, time or threads. No parameter or return value is {@code null}.
 */
package io.github.flinkrecsys.core.factorization;
