/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.core.feature.FeatureVector;
import io.github.flinkrecsys.core.ranking.RecommendationList;

/**
 * What {@link CandidateFeaturesFunction} hears of a user: one of both, the other is null.
 *
 * @param userId whose
 * @param list candidates
 * @param features newest of the user
 */
public record ListOrFeatures(String userId, RecommendationList list, FeatureVector features) {
  static ListOrFeatures of(RecommendationList list) {
    return new ListOrFeatures(keyOf(list.userId()), list, null);
  }

  static ListOrFeatures of(FeatureVector features) {
    return new ListOrFeatures(keyOf(features.key()), null, features);
  }

  /** Flink fails a job for a key of null; the stage behind makes a dead letter of the list. */
  private static String keyOf(String userId) {
    return userId == null ? "" : userId;
  }
}
