/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import java.util.Arrays;

/**
 * Scores that add up, by slot and column, emptied in O(1): the candidates of sources that are found
 * together. Columns of a slot lie side by side.
 *
 * <p>{@code 4 * columns + 12} bytes per slot. Belongs to one thread.
 */
final class ScoreTable {
  private final int columns;
  private final SlotMarks marks = new SlotMarks();
  private float[] scores = new float[0];
  private float[] strongest = new float[0];
  private int[] reasons = new int[0];
  private int[] slots = new int[64];
  private int size;

  ScoreTable(int columns) {
    this.columns = columns;
  }

  void clear() {
    marks.clear();
    size = 0;
  }

  int size() {
    return size;
  }

  int slot(int n) {
    return slots[n];
  }

  boolean contains(int slot) {
    return marks.isMarked(slot);
  }

  float score(int slot, int column) {
    return scores[slot * columns + column];
  }

  int reason(int slot) {
    return reasons[slot];
  }

  /** Adds to a score of a slot that {@link #open} has made ready. */
  void add(int slot, int column, float score) {
    scores[slot * columns + column] += score;
  }

  /** Notes because of which of the user's own items, if it is the strongest reason so far. */
  void because(int slot, float strength, int reason) {
    if (strength > strongest[slot]) {
      strongest[slot] = strength;
      reasons[slot] = reason;
    }
  }

  /** Makes a slot ready, with scores of 0 if it is new. */
  void open(int slot) {
    if (marks.isMarked(slot)) {
      return;
    }
    if (slot >= reasons.length) {
      int length = Math.max(slot + 1, reasons.length * 2);
      scores = Arrays.copyOf(scores, length * columns);
      strongest = Arrays.copyOf(strongest, length);
      reasons = Arrays.copyOf(reasons, length);
    }
    if (size == slots.length) {
      slots = Arrays.copyOf(slots, size * 2);
    }
    marks.mark(slot);
    slots[size++] = slot;
    for (int column = 0; column < columns; column++) {
      scores[slot * columns + column] = 0;
    }
    strongest[slot] = 0;
    reasons[slot] = -1;
  }

  /** Multiplies all scores of a slot. */
  void scale(int slot, float by) {
    for (int column = 0; column < columns; column++) {
      scores[slot * columns + column] *= by;
    }
  }
}
