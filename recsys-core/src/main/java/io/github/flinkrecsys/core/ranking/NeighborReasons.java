/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import java.util.Arrays;

/**
 * Because of which of the user's recent items each of a few neighbours was found, by column of the
 * scan. Asked after ranking, for what is shown only: noting it for every candidate would slow the
 * scan.
 */
final class NeighborReasons {
  /** By slot: the first place of the list at hand, plus the slot's place, or less for no place. */
  private int[] marks = new int[1024];

  private final int columns;
  private int firstMark = 1;
  private int count;

  /** By place and column. */
  private float[] strongest = new float[0];

  private int[] reasons = new int[0];

  NeighborReasons(int columns) {
    this.columns = columns;
  }

  /** Takes up the first items of a list, by their slots. */
  void begin(int[] slots, int count) {
    firstMark += this.count;
    if (firstMark > Integer.MAX_VALUE - count) {
      Arrays.fill(marks, 0);
      firstMark = 1;
    }
    this.count = count;
    if (strongest.length < count * columns) {
      strongest = new float[count * columns];
      reasons = new int[count * columns];
    }
    Arrays.fill(strongest, 0, count * columns, 0);
    Arrays.fill(reasons, 0, count * columns, -1);
    for (int place = 0; place < count; place++) {
      if (slots[place] >= marks.length) {
        marks = Arrays.copyOf(marks, Math.max(slots[place] + 1, marks.length * 2));
      }
      marks[slots[place]] = firstMark + place;
    }
  }

  /** Takes up with which strength a recent item speaks for the neighbour of a place. */
  void weigh(int place, int column, float strength, int recent) {
    int at = place * columns + column;
    if (strength > strongest[at]) {
      strongest[at] = strength;
      reasons[at] = recent;
    }
  }

  /** Gives the recent item that contributed most to a column, or -1. */
  int of(int slot, int column) {
    int place = place(slot);
    return place < 0 ? -1 : reasons[place * columns + column];
  }

  /** Gives the place of a slot in the list at hand, or less than 0. */
  int place(int slot) {
    return slot < marks.length ? marks[slot] - firstMark : -1;
  }
}
