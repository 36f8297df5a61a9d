/**
 * Prequential evaluation inside the running job.
 *
 * <p>In: sums from the user side, or lists that were served and what happened next. Out: {@link
 * io.github.flinkrecsys.core.evaluation.EvaluationResult} per source, window and overall. No
 * parameter or return value is {@code null} unless said.
 */
package io.github.flinkrecsys.operators.evaluation;
