/**
 * Dot products and scaled sums over {@code float[]}.
 *
 * <p>In: factor vectors of {@code io.github.flinkrecsys.core.factorization}, many of them in one
 * row-major array. Out: scores, read by {@code io.github.flinkrecsys.core.ranking}, and updated
 * vectors. {@link io.github.flinkrecsys.core.vector.VectorOps} chooses between plain Java and the
 * incubating Vector API once per JVM; nothing else here holds state, and the callers own the
 * arrays.
 *
 * <p>No parameter or return value is {@code null}.
 */
package io.github.flinkrecsys.core.vector;
