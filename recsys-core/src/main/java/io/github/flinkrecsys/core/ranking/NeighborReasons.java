/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.neighbor.ItemNeighbors;
import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;

/**
 * Because of which of the user's recent items each of a few neighbours was found. Asked after
 * ranking, for what is shown only: noting it for every candidate would slow the scan.
 */
final class NeighborReasons implements ItemNeighbors.Visitor {
  private final SlotMarks wanted = new SlotMarks();
  private final Int2IntOpenHashMap placeOfSlot = new Int2IntOpenHashMap();
  private float[] strongest = new float[16];
  private int[] reasons = new int[16];
  private int recent;
  private float weight;

  /** Takes up the first items of a list. */
  void begin(RankedItems list, int count) {
    wanted.clear();
    placeOfSlot.clear();
    if (strongest.length < count) {
      strongest = new float[count];
      reasons = new int[count];
    }
    for (int place = 0; place < count; place++) {
      wanted.mark(list.slots[place]);
      placeOfSlot.put(list.slots[place], place);
      strongest[place] = 0;
      reasons[place] = -1;
    }
  }

  /** Takes up a recent item, whose neighbours are visited next. */
  void weigh(int recentSlot, float recentWeight) {
    recent = recentSlot;
    weight = recentWeight;
  }

  @Override
  public void visit(int neighbor, float forward, float backward) {
    if (wanted.isMarked(neighbor)) {
      int place = placeOfSlot.get(neighbor);
      float strength = weight * (forward + backward);
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
