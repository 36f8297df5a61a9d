/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.factorization;

import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;

/**
 * The range of explicit ratings. Models learn in quarters of it, so that step sizes mean the same
 * on every scale; on stars of 1 to 5 a quarter is one star.
 *
 * @param lowest least rating, finite
 * @param highest greatest rating, finite, above the least
 */
public record RatingScale(double lowest, double highest) implements Serializable {
  /** One to five. */
  public static final RatingScale STARS = new RatingScale(1, 5);

  /**
   * Checks.
   *
   * @param lowest see the record
   * @param highest see the record
   * @throws IllegalArgumentException if one is not finite or they are not in order
   */
  public RatingScale {
    Checks.require(Math.abs(lowest) <= 1e9, "lowestRating", "in [-1.0E9, 1.0E9]", lowest);
    Checks.require(Math.abs(highest) <= 1e9, "highestRating", "in [-1.0E9, 1.0E9]", highest);
    Checks.require(
        lowest < highest, "lowestRating", "below highestRating (" + highest + ")", lowest);
  }

  /**
   * Tells what is wrong with a rating.
   *
   * @param rating any number
   * @return the reason for refusing it, or null if it is in the range
   */
  public String violation(double rating) {
    return rating >= lowest && rating <= highest
        ? null
        : "rating must be in [" + lowest + ", " + highest + "], got " + rating;
  }

  float unit() {
    return (float) ((highest - lowest) / 4);
  }
}
