/**
 * Online matrix factorization: the user side computes steps, the item side owns what they sum up
 * to.
 *
 * <p>In: interactions. Out: item deltas, conflated, to the owners (keyed by item) and to the
 * replicas (broadcast); user factors and item factors. No parameter or return value is {@code null}
 * unless said.
 */
package io.github.flinkrecsys.operators.factorization;
