/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.util.TopK;
import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;

/**
 * Unites two lists by weighted reciprocal ranks: {@code score = sum_s w_s / (60 + rank_s)}, ranks
 * from 1. Ranks make the scores of different sources comparable without knowing their scales.
 *
 * @see <a href="https://doi.org/10.1145/1571941.1572114">Cormack, Clarke and Buettcher, Reciprocal
 *     Rank Fusion, 2009</a>
 */
final class Blender {
  private static final float RANK_OFFSET = 60;

  private final RankedItems list;
  private final TopK top;
  private final Int2IntOpenHashMap rowOfSlot;
  private final int[] slots;
  private final float[] scores;
  private final boolean[] mainlyFirst;
  private String firstSource;
  private String secondSource;

  Blender(int capacity, TopK.TieBreaker tie) {
    list = new RankedItems(Sources.BLEND, capacity);
    top = new TopK(capacity, tie);
    rowOfSlot = new Int2IntOpenHashMap(capacity);
    rowOfSlot.defaultReturnValue(-1);
    slots = new int[capacity];
    scores = new float[capacity];
    mainlyFirst = new boolean[capacity];
  }

  RankedItems blend(
      RankedItems first, double firstWeight, RankedItems second, double secondWeight) {
    firstSource = first.source();
    secondSource = second.source();
    rowOfSlot.clear();
    int rows = 0;
    for (int rank = 0; rank < first.size; rank++) {
      slots[rows] = first.slots[rank];
      scores[rows] = share(firstWeight, rank);
      mainlyFirst[rows] = true;
      rowOfSlot.put(slots[rows], rows++);
    }
    for (int rank = 0; secondWeight > 0 && rank < second.size; rank++) {
      float share = share(secondWeight, rank);
      int row = rowOfSlot.get(second.slots[rank]);
      if (row < 0) {
        slots[rows] = second.slots[rank];
        scores[rows] = share;
        mainlyFirst[rows] = false;
        rowOfSlot.put(slots[rows], rows++);
      } else {
        mainlyFirst[row] = scores[row] >= share;
        scores[row] += share;
      }
    }
    for (int row = 0; row < rows; row++) {
      top.offer(slots[row], scores[row]);
    }
    list.size = top.drainTo(list.slots, list.scores);
    return list;
  }

  RankedItems list() {
    return list;
  }

  String sourceOf(int rank) {
    return mainlyFirst[rowOfSlot.get(list.slots[rank])] ? firstSource : secondSource;
  }

  private static float share(double weight, int rank) {
    return (float) (weight / (RANK_OFFSET + 1 + rank));
  }
}
