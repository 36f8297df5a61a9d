/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.core.ranking.RecommendationList;
import java.util.Arrays;

/**
 * Candidates of a user with the features that a model ranks them by.
 *
 * @param list the candidates, in the order that holds if the model cannot rank them
 * @param context features of the user and the moment, the same for all candidates; may be empty
 * @param candidates features of the candidates, one row after the other, all of the same length
 * @param featuresVersion of {@code FeatureConfig}, or any number that tells which features these
 *     are
 */
public record CandidateFeatures(
    RecommendationList list, float[] context, float[] candidates, long featuresVersion) {
  @Override
  public boolean equals(Object other) {
    return other instanceof CandidateFeatures that
        && list.equals(that.list)
        && Arrays.equals(context, that.context)
        && Arrays.equals(candidates, that.candidates)
        && featuresVersion == that.featuresVersion;
  }

  @Override
  public int hashCode() {
    return 31 * list.hashCode() + Arrays.hashCode(candidates);
  }

  @Override
  public String toString() {
    return "CandidateFeatures["
        + list
        + ", context "
        + Arrays.toString(context)
        + ", candidates "
        + Arrays.toString(candidates)
        + ", version "
        + featuresVersion
        + "]";
  }
}
