/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

/** How scores of one source become comparable with those of others. */
enum ScoreScale {
  /** Positive, 0 for what is not a candidate: {@code ln(1 + score / mean)}. */
  RATIO(Float.MIN_VALUE),
  /** Any number: {@code (score - mean) / deviation}. */
  STANDARD(-Float.MAX_VALUE);

  private final float lowest;

  ScoreScale(float lowest) {
    this.lowest = lowest;
  }

  /** Gives the lowest score that makes a candidate; that of what nobody used is infinite. */
  float lowest() {
    return lowest;
  }
}
