/**
 * Popularity: decayed counts per item, and the items that lead.
 *
 * <p>In: interactions, keyed by item. Out: {@link
 * io.github.flinkrecsys.operators.feature.ItemPopularity}, and per scope a {@link
 * io.github.flinkrecsys.operators.feature.TrendingList}. No parameter or return value is {@code
 * null}.
 */
package io.github.flinkrecsys.operators.feature;
