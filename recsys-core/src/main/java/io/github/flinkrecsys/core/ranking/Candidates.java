/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

/**
 * Candidates of one source for one request, by slot: scores that add up, and for each the recent
 * item that contributed most.
 *
 * <p>16 bytes per slot of the replica for a source that adds, 4 for one that fills. Belongs to one
 * thread.
 */
public final class Candidates {
  private final ScoreScale scale;
  private final ScoreTable table;
  private final int column;
  private float[] all = new float[0];
  private int filled;
  private double mean;
  private double deviation;

  Candidates(ScoreScale scale) {
    this(scale, new ScoreTable(1), 0);
  }

  Candidates(ScoreScale scale, ScoreTable table, int column) {
    this.scale = scale;
    this.table = table;
    this.column = column;
  }

  void clear() {
    table.clear();
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
    if (score > 0) {
      table.open(slot);
      table.add(slot, column, score);
      table.because(slot, score, reason);
    }
  }

  /** Gives the array of scores of all slots, for a source that scores every item itself. */
  float[] fill(int size) {
    if (all.length < size) {
      all = new float[Math.max(size, all.length * 2)];
    }
    filled = size;
    return all;
  }

  int size() {
    return filled > 0 ? filled : table.size();
  }

  /** Gives the slot of the nth candidate. */
  int slot(int n) {
    return filled > 0 ? n : table.slot(n);
  }

  /** Gives the score of a candidate. */
  float score(int slot) {
    return filled > 0 ? all[slot] : table.score(slot, column);
  }

  /** Tells whether a score makes a candidate; the popularity of what nobody used is infinite. */
  boolean ranks(float score) {
    return scale == ScoreScale.STANDARD ? score > Float.NEGATIVE_INFINITY : score > 0;
  }

  boolean contains(int slot) {
    return filled > 0 ? slot < filled : table.contains(slot);
  }

  /** Gives the recent item that contributed most, or -1. */
  int reason(int slot) {
    return filled == 0 && table.contains(slot) ? table.reason(slot) : -1;
  }

  /**
   * Takes over what {@link #feature} needs: sums over those candidates that may be recommended.
   *
   * @param scored how many those are
   * @param eligible how many items may be recommended, candidates or not
   */
  void summarize(double sum, double sumOfSquares, int scored, int eligible) {
    int count = Math.max(1, scale == ScoreScale.STANDARD ? scored : eligible);
    mean = sum / count;
    deviation = Math.sqrt(Math.max(0, sumOfSquares / count - mean * mean));
  }

  /** Gives a slot's score on a scale that all sources share; 0 for what is not a candidate. */
  float feature(int slot) {
    if (!contains(slot)) {
      return 0;
    }
    float score = score(slot);
    double feature =
        scale == ScoreScale.STANDARD ? (score - mean) / deviation : Math.log1p(score / mean);
    return Double.isFinite(feature) ? (float) feature : 0;
  }
}
