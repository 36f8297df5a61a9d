/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.feature;

import io.github.flinkrecsys.core.event.Interactions;
import java.util.Arrays;

/**
 * An item that was shown to a user, with the features that it was ranked by.
 *
 * @param userId to whom
 * @param itemId what
 * @param listId which list it stood in; may be empty, not null
 * @param position its place in the list, from 0
 * @param features the values that the ranker was given; finite, may be empty
 * @param featuresVersion {@link FeatureConfig#version} of the features
 * @param timestampMillis event time when it was shown, milliseconds since 1970; not negative
 */
public record Impression(
    String userId,
    String itemId,
    String listId,
    int position,
    float[] features,
    long featuresVersion,
    long timestampMillis) {

  /**
   * Tells what is wrong with an impression.
   *
   * @param impression may be null
   * @return the reason for refusing it, or null if there is none
   */
  public static String violation(Impression impression) {
    if (impression == null) {
      return "impression must be given, got null";
    }
    String idViolation = Interactions.idViolation("userId", impression.userId);
    if (idViolation == null) {
      idViolation = Interactions.idViolation("itemId", impression.itemId);
    }
    if (idViolation != null) {
      return idViolation;
    }
    if (impression.listId == null || impression.listId.length() > Interactions.MAX_ID_LENGTH) {
      return "listId must be at most " + Interactions.MAX_ID_LENGTH + " characters, not null";
    }
    if (impression.position < 0) {
      return "position must be non-negative, got " + impression.position;
    }
    if (!areFinite(impression.features)) {
      return "features must be finite numbers, got " + Arrays.toString(impression.features);
    }
    return impression.timestampMillis >= 0
        ? null
        : "timestampMillis must be non-negative, got " + impression.timestampMillis;
  }

  private static boolean areFinite(float[] values) {
    if (values == null) {
      return false;
    }
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Impression that
        && userId.equals(that.userId)
        && itemId.equals(that.itemId)
        && listId.equals(that.listId)
        && position == that.position
        && Arrays.equals(features, that.features)
        && featuresVersion == that.featuresVersion
        && timestampMillis == that.timestampMillis;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * userId.hashCode() + itemId.hashCode()) + Long.hashCode(timestampMillis);
  }

  @Override
  public String toString() {
    return "Impression["
        + userId
        + " saw "
        + itemId
        + " at "
        + timestampMillis
        + ", list "
        + listId
        + ", position "
        + position
        + ", version "
        + featuresVersion
        + ": "
        + Arrays.toString(features)
        + "]";
  }
}
