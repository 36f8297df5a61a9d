/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.replica;

/** Running mean of explicit ratings: two sums, so that it may be gathered in any order. */
public final class RatingMean {
  private double sum;
  private long count;
  private volatile float mean;

  /** Makes the mean of nothing, 0. */
  public RatingMean() {}

  /**
   * Adds ratings.
   *
   * @param ratingSum sum of the ratings
   * @param ratingCount how many; 0 adds nothing
   */
  public synchronized void add(double ratingSum, long ratingCount) {
    if (ratingCount != 0) {
      sum += ratingSum;
      count += ratingCount;
      mean = count == 0 ? 0f : (float) (sum / count);
    }
  }

  /**
   * Gives the mean.
   *
   * @return mean of all ratings added, 0 if there are none
   */
  public float get() {
    return mean;
  }
}
