/**
 * Recommendations over HTTP.
 *
 * <p>In: lists that a job has made, by a {@link
 * io.github.flinkrecsys.examples.serve.RecommendationStore}, and requests that a running job of the
 * same JVM answers, by a {@link io.github.flinkrecsys.examples.serve.JobExchange}. Out: JSON.
 */
package io.github.flinkrecsys.examples.serve;
