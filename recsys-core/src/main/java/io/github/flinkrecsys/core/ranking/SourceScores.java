/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

/** What one source has found for one request: scores by slot, and how they compare with others'. */
abstract class SourceScores {
  private final ScoreScale scale;
  private double mean;
  private double deviation;

  SourceScores(ScoreScale scale) {
    this.scale = scale;
  }

  abstract boolean contains(int slot);

  /** Gives the score of a slot that it contains. */
  abstract float score(int slot);

  /** Gives the user's own item that contributed most, or -1. */
  abstract int reason(int slot);

  /** Tells whether a score makes a candidate; the popularity of what nobody used is infinite. */
  final boolean ranks(float score) {
    return scale == ScoreScale.STANDARD ? score > Float.NEGATIVE_INFINITY : score > 0;
  }

  /**
   * Takes over what {@link #feature} needs: sums over those candidates that may be recommended.
   *
   * @param scored how many those are
   * @param eligible how many items may be recommended, candidates or not
   */
  final void summarize(double sum, double sumOfSquares, int scored, int eligible) {
    int count = Math.max(1, scale == ScoreScale.STANDARD ? scored : eligible);
    mean = sum / count;
    deviation = Math.sqrt(Math.max(0, sumOfSquares / count - mean * mean));
  }

  /** Gives a slot's score on a scale that all sources share; 0 for what is not a candidate. */
  final float feature(int slot) {
    if (!contains(slot)) {
      return 0;
    }
    float score = score(slot);
    double feature =
        scale == ScoreScale.STANDARD ? (score - mean) / deviation : Math.log(1 + score / mean);
    return Double.isFinite(feature) ? (float) feature : 0;
  }

  /** Offers a candidate; the costly condition is asked of few. Written so that NaN fails. */
  static void offer(TopK top, int slot, float score, Eligibility eligibility) {
    if (score >= top.threshold() && eligibility.allows(slot)) {
      top.offer(slot, score);
    }
  }
}
