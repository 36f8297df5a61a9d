/**
 * Prequential evaluation: every interaction first tests the model, then trains it (Gama, Sebastiao
 * and Rodrigues, 2013).
 *
 * <p>In: ranked lists and the item that the user turned to next. Out: sums that commute, and the
 * metrics that they make. No parameter or return value is {@code null} unless said.
 */
package io.github.flinkrecsys.core.evaluation;
