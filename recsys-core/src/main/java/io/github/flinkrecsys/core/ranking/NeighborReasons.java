/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;

/**
 * Because of which of the user's recent items each of a few neighbours was found. Asked after
 * ranking, for what is shown only: noting it for every candidate would slow the scan.
 */
final class NeighborReasons {
  private final SlotMarks wanted = new SlotMarks();
  private final Int2IntOpenHashMap placeOfSlot = new Int2IntOpenHashMap();
  private float[] strongest = new float[16];
  private int[] reasons = new int[16];

  /** Takes up the first items of a list, by their slots. */
  void begin(int[] slots, int count) {
    wanted.clear();
    placeOfSlot.clear();
    if (strongest.length < count) {
      strongest = new float[count];
      reasons = new int[count];
    }
    for (int place = 0; place < count; place++) {
      wanted.mark(slots[place]);
      placeOfSlot.put(slots[place], place);
      strongest[place] = 0;
      reasons[place] = -1;
    }
  }

  /** Takes up with which strength a recent item speaks for a neighbour. */
  void weigh(int neighbor, float strength, int recent) {
    if (wanted.isMarked(neighbor)) {
      int place = placeOfSlot.get(neighbor);
      if (strength > strongest[place]) {
        strongest[place] = strength;
        reasons[place] = recent;
      }
    }
  }

  /** Gives the recent item that contributed most, or -1. */
  int of(int slot) {
    return wanted.isMarked(slot) ? reasons[placeOfSlot.get(slot)] : -1;
  }
}
