/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import java.util.Arrays;
import java.util.Objects;

/**
 * Recommendations for a user.
 *
 * @param userId for whom
 * @param generatedAtMillis event time of the interaction or request that it answers
 * @param modelVersion version of the model that was loaded, 0 while everything was learned online
 * @param policy how the list was made: {@code blend}, or {@code fallback} if no source had anything
 *     and it is filled with what is popular; then, each after a semicolon, what {@link ListPolicy}
 *     did to it
 * @param items best first, but for what the policy moved
 */
public record RecommendationList(
    String userId, long generatedAtMillis, long modelVersion, String policy, ScoredItem[] items) {
  /** The policy of lists that no {@link ListPolicy} has changed. */
  public static final String BLEND = "blend";

  /** The policy of lists that no source had anything for. */
  public static final String FALLBACK = "fallback";

  /**
   * Makes a list of the blend.
   *
   * @param userId see the record
   * @param generatedAtMillis see the record
   * @param modelVersion see the record
   * @param items see the record
   */
  public RecommendationList(
      String userId, long generatedAtMillis, long modelVersion, ScoredItem[] items) {
    this(userId, generatedAtMillis, modelVersion, BLEND, items);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecommendationList that
        && Objects.equals(userId, that.userId)
        && generatedAtMillis == that.generatedAtMillis
        && modelVersion == that.modelVersion
        && Objects.equals(policy, that.policy)
        && Arrays.equals(items, that.items);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hashCode(userId) + Arrays.hashCode(items);
  }

  @Override
  public String toString() {
    return "RecommendationList["
        + userId
        + " at "
        + generatedAtMillis
        + ", "
        + policy
        + ": "
        + Arrays.toString(items)
        + "]";
  }
}
