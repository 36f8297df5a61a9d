/**
 * Dot products over {@code float[]}: plain Java everywhere, the JDK's vector module where it is
 * present.
 *
 * <p>In: arrays and offsets. Out: sums of products, equal between the providers up to rounding.
 * Nothing here allocates. No parameter or return value is {@code null}.
 */
package io.github.flinkrecsys.core.vector;
