/**
 * Popularity, profiles and features: decayed counts per item and the items that lead; interactions
 * with the profiles of their time; feature vectors; and training examples of what was served.
 *
 * <p>In: interactions, profiles, impressions. Out: {@link
 * io.github.flinkrecsys.operators.feature.ItemPopularity} and per scope a {@link
 * io.github.flinkrecsys.operators.feature.TrendingList}; {@link
 * io.github.flinkrecsys.core.event.EnrichedInteraction}, {@link
 * io.github.flinkrecsys.core.feature.FeatureVector} and {@link
 * io.github.flinkrecsys.core.feature.TrainingExample}. No parameter or return value is {@code
 * null}.
 */
package io.github.flinkrecsys.operators.feature;
