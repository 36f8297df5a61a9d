/**
 * Top-K ranking: candidates from several sources, one list.
 *
 * <p>In: a user's vector and seen items, and the {@link
 * io.github.flinkrecsys.core.replica.ItemReplica}. Out: {@link
 * io.github.flinkrecsys.core.ranking.RecommendationList}. Rankers hold scratch memory and belong to
 * one thread. No parameter or return value is {@code null} unless said.
 */
package io.github.flinkrecsys.core.ranking;
