/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import java.util.Arrays;

/**
 * Because of which of the user's recent items each of a few neighbours was found. Asked after
 * ranking, for what is shown only: noting it for every candidate would slow the scan.
 */
final class NeighborReasons {
  /** By slot: the first place of the list at hand, plus the slot's place, or less for no place. */
  private int[] marks = new int[1024];

  private int firstMark = 1;
  private int count;
  private float[] strongest = new float[16];
  private int[] reasons = new int[16];

  /** Takes up the first items of a list, by their slots. */
  void begin(int[] slots, int count) {
    firstMark += this.count;
    if (firstMark > Integer.MAX_VALUE - count) {
      Arrays.fill(marks, 0);
      firstMark = 1;
    }
    this.count = count;
    if (strongest.length < count) {
      strongest = new float[count];
      reasons = new int[count];
    }
    for (int place = 0; place < count; place++) {
      if (slots[place] >= marks.length) {
        marks = Arrays.copyOf(marks, Math.max(slots[place] + 1, marks.length * 2));
      }
      marks[slots[place]] = firstMark + place;
      strongest[place] = 0;
      reasons[place] = -1;
    }
  }

  /** Takes up with which strength a recent item speaks for a neighbour. */
  void weigh(int neighbor, float strength, int recent) {
    int place = place(neighbor);
    if (place >= 0 && strength > strongest[place]) {
      strongest[place] = strength;
      reasons[place] = recent;
    }
  }

  /** Gives the recent item that contributed most, or -1. */
  int of(int slot) {
    int place = place(slot);
    return place < 0 ? -1 : reasons[place];
  }

  private int place(int slot) {
    return slot < marks.length ? marks[slot] - firstMark : -1;
  }
}
