/**
 * Small helpers of the operators.
 *
 * <p>No parameter or return value is {@code null}.
 */
package io.github.flinkrecsys.operators.util;
