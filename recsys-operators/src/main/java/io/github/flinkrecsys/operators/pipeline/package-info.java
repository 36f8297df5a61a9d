/**
 * The whole assembled: the fused user side, and {@link
 * io.github.flinkrecsys.operators.pipeline.Recsys}, which wires all operators with stable names and
 * uids.
 *
 * <p>In: interactions, and if there are any requests and item metadata. Out: recommendations and
 * every stage's own stream. No parameter or return value is {@code null} unless said.
 */
package io.github.flinkrecsys.operators.pipeline;
