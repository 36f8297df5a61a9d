/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.util.FastMath;
import java.util.Arrays;

/**
 * Candidates of one source for one request, by slot: scores that add up, and for each the recent
 * item that contributed most.
 *
 * <p>16 bytes per slot of the replica for a source that adds, 4 for one that fills. Belongs to one
 * thread.
 */
public final class Candidates {
  private final ScoreScale scale;
  private final SlotMarks marks = new SlotMarks();
  private float[] scores = new float[0];
  private float[] contributions = new float[0];
  private int[] reasons = new int[0];
  private int[] added = new int[64];
  private int addedCount;
  private int filled;
  private double mean;
  private double deviation;

  Candidates(ScoreScale scale) {
    this.scale = scale;
  }

  void clear() {
    marks.clear();
    addedCount = 0;
    filled = 0;
  }

  /**
   * Adds to an item's score.
   *
   * @param slot of the item
   * @param score positive; anything else is passed over
   * @param reason slot of the user's own item because of which, or -1
   */
  public void add(int slot, float score, int reason) {
    if (!(score > 0)) {
      return;
    }
    if (!marks.isMarked(slot)) {
      start(slot);
    }
    scores[slot] += score;
    if (score > contributions[slot]) {
      contributions[slot] = score;
      reasons[slot] = reason;
    }
  }

  private void start(int slot) {
    if (slot >= reasons.length) {
      int length = Math.max(slot + 1, reasons.length * 2);
      scores = Arrays.copyOf(scores, length);
      contributions = Arrays.copyOf(contributions, length);
      reasons = Arrays.copyOf(reasons, length);
    }
    if (addedCount == added.length) {
      added = Arrays.copyOf(added, addedCount * 2);
    }
    marks.mark(slot);
    added[addedCount++] = slot;
    scores[slot] = 0;
    contributions[slot] = 0;
    reasons[slot] = -1;
  }

  /** Gives the array of scores of all slots, for a source that scores every item itself. */
  float[] fill(int size) {
    if (scores.length < size) {
      scores = new float[Math.max(size, scores.length * 2)];
    }
    filled = size;
    return scores;
  }

  /** Divides a score, where the slot has one. */
  void divide(int slot, float by) {
    if (marks.isMarked(slot)) {
      scores[slot] /= by;
    }
  }

  int size() {
    return filled > 0 ? filled : addedCount;
  }

  /** Gives the slot of the nth candidate. */
  int slot(int n) {
    return filled > 0 ? n : added[n];
  }

  float score(int slot) {
    return slot < filled || marks.isMarked(slot) ? scores[slot] : 0;
  }

  /** Gives the recent item that contributed most, or -1. */
  int reason(int slot) {
    return filled == 0 && marks.isMarked(slot) ? reasons[slot] : -1;
  }

  /** Takes over what {@link #feature} needs: sums over those candidates that may be recommended. */
  void summarize(double sum, double sumOfSquares, int eligible) {
    mean = sum / Math.max(1, eligible);
    deviation = Math.sqrt(Math.max(0, sumOfSquares / Math.max(1, eligible) - mean * mean));
  }

  /** Gives what a score adds to the sums. */
  double linear(float score) {
    return scale == ScoreScale.LOG2_RATIO ? FastMath.exp2(score) : score;
  }

  /** Gives a slot's score on a scale that all sources share; 0 for what is not a candidate. */
  float feature(int slot) {
    if (slot >= filled && !marks.isMarked(slot)) {
      return 0;
    }
    double value = linear(scores[slot]);
    double feature =
        scale == ScoreScale.STANDARD ? (value - mean) / deviation : Math.log1p(value / mean);
    return Double.isFinite(feature) ? (float) feature : 0;
  }
}
