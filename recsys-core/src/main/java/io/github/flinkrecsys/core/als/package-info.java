/**
 * Offline matrix factorization of implicit feedback by alternating least squares, and the file that
 * its model is kept in.
 *
 * <p>In: an {@link io.github.flinkrecsys.core.als.InteractionMatrix}. Out: a {@link
 * io.github.flinkrecsys.core.als.FactorModel}. Nothing here knows Flink or time; a training owns
 * its threads and ends them. No parameter or return value is {@code null}.
 */
package io.github.flinkrecsys.core.als;
