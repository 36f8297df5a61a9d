/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import java.util.Arrays;

/**
 * Recommendations for a user.
 *
 * @param userId for whom
 * @param generatedAtMillis event time of the interaction or request that it answers
 * @param modelVersion version of the model that was loaded, 0 while everything was learned online
 * @param items best first
 */
public record RecommendationList(
    String userId, long generatedAtMillis, long modelVersion, ScoredItem[] items) {

  @Override
  public boolean equals(Object other) {
    return other instanceof RecommendationList that
        && userId.equals(that.userId)
        && generatedAtMillis == that.generatedAtMillis
        && modelVersion == that.modelVersion
        && Arrays.equals(items, that.items);
  }

  @Override
  public int hashCode() {
    return 31 * userId.hashCode() + Arrays.hashCode(items);
  }

  @Override
  public String toString() {
    return "RecommendationList["
        + userId
        + " at "
        + generatedAtMillis
        + ": "
        + Arrays.toString(items)
        + "]";
  }
}
