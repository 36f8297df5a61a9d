/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.util.FastMath;
import io.github.flinkrecsys.core.util.TopK;

/** What one source has found for one request: scores by slot, and how they compare with others'. */
abstract class SourceScores {
  private final ScoreScale scale;
  private final TopK top;
  private final int depth;
  private final CutGuess guess;
  private double mean;
  private double deviation;

  SourceScores(ScoreScale scale, int depth, TopK.TieBreaker tie) {
    this.scale = scale;
    this.depth = depth;
    this.top = new TopK(depth, tie);
    this.guess = new CutGuess(scale, depth);
  }

  abstract boolean contains(int slot);

  /** Gives the score of a slot that it contains. */
  abstract float score(int slot);

  /** Gives the user's own item that contributed most, or -1. */
  abstract int reason(int slot);

  /**
   * Offers every candidate that may be recommended and reaches a score.
   *
   * @return how many that were
   */
  abstract int offer(TopK top, float atLeast, Eligibility eligibility);

  /**
   * Takes over what {@link #feature} needs: sums over those candidates that may be recommended.
   *
   * @param moments of the candidates
   * @param eligible how many items may be recommended, candidates or not
   */
  final void summarize(Moments moments, int eligible) {
    int count = Math.max(1, scale == ScoreScale.STANDARD ? moments.count() : eligible);
    mean = moments.sum() / count;
    deviation = Math.sqrt(Math.max(0, moments.squares() / count - mean * mean));
  }

  /** The same for a source whose features need the mean alone. */
  final void summarize(double sum, int eligible) {
    mean = sum / Math.max(1, eligible);
  }

  /**
   * Moves the best of what was summarized into a list, where it may be recommended.
   *
   * @param inOrder whether the order of the list matters
   */
  final void selectBest(Eligibility eligibility, RankedItems into, boolean inOrder) {
    float cut = guess.cut(mean, deviation);
    int offered = offer(top, cut, eligibility);
    guess.learn(offered);
    while (offered < depth && cut > scale.lowest()) {
      top.clear();
      cut = guess.lowerCut(mean, deviation);
      offered = offer(top, cut, eligibility);
    }
    into.size =
        inOrder
            ? top.drainTo(into.slots, into.scores)
            : top.drainUnorderedTo(into.slots, into.scores);
  }

  /** Offers every candidate that may be recommended. */
  final void offerAll(TopK top, Eligibility eligibility) {
    offer(top, scale.lowest(), eligibility);
  }

  /** Gives a slot's score on a scale that all sources share; 0 for what is not a candidate. */
  final float feature(int slot) {
    if (!contains(slot)) {
      return 0;
    }
    float score = score(slot);
    double feature =
        scale == ScoreScale.STANDARD ? (score - mean) / deviation : FastMath.log1p(score / mean);
    return Double.isFinite(feature) ? (float) feature : 0;
  }
}
