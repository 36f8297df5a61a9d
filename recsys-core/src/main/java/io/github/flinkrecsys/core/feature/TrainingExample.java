/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.feature;

import java.util.Arrays;

/**
 * What a ranker was given for an item that was shown, and what came of it.
 *
 * @param userId to whom it was shown
 * @param itemId what was shown
 * @param listId which list it stood in; examples of one list may be ranked against each other
 * @param position its place in the list, from 0
 * @param label of the best that followed, 0 if nothing did
 * @param features the values that the ranker was given
 * @param featuresVersion {@link FeatureConfig#version} of the features
 * @param shownAtMillis event time when it was shown
 * @param labeledAtMillis event time of what gave the label, -1 if nothing did
 */
public record TrainingExample(
    String userId,
    String itemId,
    String listId,
    int position,
    float label,
    float[] features,
    long featuresVersion,
    long shownAtMillis,
    long labeledAtMillis) {

  @Override
  public boolean equals(Object other) {
    return other instanceof TrainingExample that
        && userId.equals(that.userId)
        && itemId.equals(that.itemId)
        && listId.equals(that.listId)
        && position == that.position
        && Float.compare(label, that.label) == 0
        && Arrays.equals(features, that.features)
        && featuresVersion == that.featuresVersion
        && shownAtMillis == that.shownAtMillis
        && labeledAtMillis == that.labeledAtMillis;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * userId.hashCode() + itemId.hashCode()) + Long.hashCode(shownAtMillis);
  }

  @Override
  public String toString() {
    return "TrainingExample["
        + userId
        + " saw "
        + itemId
        + " at "
        + shownAtMillis
        + ", list "
        + listId
        + ", position "
        + position
        + ", label "
        + label
        + " at "
        + labeledAtMillis
        + ", version "
        + featuresVersion
        + ": "
        + Arrays.toString(features)
        + "]";
  }
}
