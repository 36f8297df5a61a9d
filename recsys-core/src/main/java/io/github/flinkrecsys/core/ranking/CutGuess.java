/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

/**
 * Guesses which score the best candidates of a source reach, so that few others are looked at. A
 * guess that was too high costs a second pass, and no candidate.
 *
 * <p>It follows the source from request to request, in means or deviations of the scores.
 */
final class CutGuess {
  private static final double ENOUGH = 1.5;
  private static final double TOO_MANY = 3;
  private static final double STEP = 0.05;
  private static final double RETREAT = 0.25;
  private static final int MAX_RETREATS = 4;

  /** Nearly all scores are above so many deviations. */
  private static final double LOWEST_STANDARD = -4;

  private final ScoreScale scale;
  private final int wanted;
  private double level;
  private double tried;

  CutGuess(ScoreScale scale, int wanted) {
    this.scale = scale;
    this.wanted = wanted;
  }

  /** Gives the guess for candidates of a mean and a deviation. */
  float cut(double mean, double deviation) {
    tried = level;
    return cut(tried, mean, deviation);
  }

  /** Gives a lower guess, after too few candidates have reached the last one. */
  float lowerCut(double mean, double deviation) {
    tried -= RETREAT;
    return tried > level - MAX_RETREATS * RETREAT ? cut(tried, mean, deviation) : scale.lowest();
  }

  private float cut(double at, double mean, double deviation) {
    double cut = scale == ScoreScale.STANDARD ? mean + at * deviation : mean * Math.expm1(at);
    return Math.max(scale.lowest(), (float) cut);
  }

  /** Learns how many candidates reached the first guess. */
  void learn(int reached) {
    if (reached > TOO_MANY * wanted) {
      level += STEP;
    } else if (reached < ENOUGH * wanted) {
      // No further than it matters, or a source that has grown is looked through for long.
      level = Math.max(scale == ScoreScale.STANDARD ? LOWEST_STANDARD : 0, level - STEP);
    }
  }
}
