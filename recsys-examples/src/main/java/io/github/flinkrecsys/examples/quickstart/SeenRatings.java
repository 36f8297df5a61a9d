/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import io.github.flinkrecsys.core.factorization.RatingScale;
import java.util.stream.DoubleStream;

/** Finds the scale of ratings that were given without one. A few wild ones do not stretch it. */
final class SeenRatings {
  private static final double SHARE_IN_TAIL = 0.01;
  private static final double GREATEST = 1e9;

  private final DoubleStream.Builder ratings = DoubleStream.builder();

  void add(double rating) {
    if (Math.abs(rating) <= GREATEST) {
      ratings.add(rating);
    }
  }

  /**
   * Gives the range of the ratings that are no further from the middle 98 % than these are wide; to
   * be called once.
   */
  RatingScale scale() {
    double[] sorted = ratings.build().sorted().toArray();
    if (sorted.length == 0) {
      return RatingScale.STARS;
    }
    int tail = (int) (SHARE_IN_TAIL * sorted.length);
    double low = sorted[tail];
    double high = sorted[sorted.length - 1 - tail];
    // Where nearly all are alike, their own size is what tells a wild one.
    double width = high > low ? high - low : Math.max(1, Math.abs(low));
    int first = 0;
    while (sorted[first] < low - width) {
      first++;
    }
    int last = sorted.length - 1;
    while (sorted[last] > high + width) {
      last--;
    }
    double lowest = sorted[first];
    double highest = sorted[last];
    return highest > lowest
        ? new RatingScale(lowest, highest)
        : new RatingScale(Math.min(lowest, GREATEST - 1), Math.min(lowest + 1, GREATEST));
  }
}
