/**
 * Serving: top-K lists on request or whenever the model learns something about a user.
 *
 * <p>In: user factors and requests, keyed by user. Out: {@link
 * io.github.flinkrecsys.core.ranking.RecommendationList}. No parameter or return value is {@code
 * null} unless said.
 */
package io.github.flinkrecsys.operators.ranking;
