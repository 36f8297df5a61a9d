/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.evaluation;

import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.core.util.Hashes;
import java.io.Serializable;
import java.time.Duration;

/**
 * What is evaluated.
 *
 * @param k length of the lists that are judged, 1 to 1000; 0 to judge predicted ratings alone
 * @param windowMillis length of the event-time windows
 * @param lowestRating predictions are clipped to it before their error is taken
 * @param highestRating predictions are clipped to it before their error is taken
 * @param userShare share of users who are judged, in [0, 1], drawn by {@link Hashes#isSampled}
 */
public record EvaluationConfig(
    int k, long windowMillis, double lowestRating, double highestRating, double userShare)
    implements Serializable {

  /**
   * Checks.
   *
   * @param k see the record
   * @param windowMillis see the record
   * @param lowestRating see the record
   * @param highestRating see the record
   * @param userShare see the record
   * @throws IllegalArgumentException if one is out of range
   */
  public EvaluationConfig {
    Checks.between("k", k, 0, 1000);
    Checks.positive("windowMillis", windowMillis);
    Checks.require(
        lowestRating < highestRating,
        "lowestRating",
        "below highestRating (" + highestRating + ")",
        lowestRating);
    Checks.require(userShare >= 0 && userShare <= 1, "userShare", "in [0.0, 1.0]", userShare);
  }

  /**
   * Judges some of the users only.
   *
   * @param share of them, in [0, 1]
   * @return the same config otherwise
   * @throws IllegalArgumentException if it is out of range
   */
  public EvaluationConfig withUserShare(double share) {
    return new EvaluationConfig(k, windowMillis, lowestRating, highestRating, share);
  }

  /**
   * Tells whether a user is judged.
   *
   * @param userId of the user
   * @return true if so
   */
  public boolean judges(String userId) {
    return Hashes.isSampled(userId, userShare);
  }

  /**
   * Tells which window an event falls into.
   *
   * @param timestampMillis event time, not negative
   * @return first event time of its window
   */
  public long windowStart(long timestampMillis) {
    return timestampMillis - timestampMillis % windowMillis;
  }

  /**
   * Tells which window an event falls into.
   *
   * @param timestampMillis event time, not negative
   * @return first event time after its window, or the last event time there is
   */
  public long windowEnd(long timestampMillis) {
    long start = windowStart(timestampMillis);
    return start > Long.MAX_VALUE - windowMillis ? Long.MAX_VALUE : start + windowMillis;
  }

  /**
   * Makes a config of windowed ranking metrics; ratings are not clipped.
   *
   * @param k length of the lists
   * @param window event time
   * @return the config
   */
  public static EvaluationConfig of(int k, Duration window) {
    return new EvaluationConfig(
        k,
        Checks.positive("window", window).toMillis(),
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        1);
  }

  /**
   * Makes a config of rating errors alone.
   *
   * @param window event time
   * @param lowest rating that a user can give
   * @param highest rating that a user can give
   * @return the config
   */
  public static EvaluationConfig ratings(Duration window, double lowest, double highest) {
    return new EvaluationConfig(
        0, Checks.positive("window", window).toMillis(), lowest, highest, 1);
  }
}
