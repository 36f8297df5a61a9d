/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

/** A list of slots with scores, best first: scratch memory of a ranker. */
public final class RankedItems {
  private final String source;
  final int[] slots;
  final float[] scores;
  int size;

  RankedItems(String source, int capacity) {
    this.source = source;
    this.slots = new int[capacity];
    this.scores = new float[capacity];
  }

  /**
   * Names the source.
   *
   * @return one of {@link Sources}
   */
  public String source() {
    return source;
  }

  /**
   * Counts the items.
   *
   * @return number of ranks in use
   */
  public int size() {
    return size;
  }

  /**
   * Gives an item.
   *
   * @param rank 0 for the best, below {@link #size}
   * @return its slot
   */
  public int slot(int rank) {
    return slots[rank];
  }

  /**
   * Finds an item.
   *
   * @param slot of the item
   * @param k how many ranks to look at
   * @return its rank, 0 for the best, or -1 if it is not among the first {@code k}
   */
  public int rankOf(int slot, int k) {
    for (int rank = 0; rank < size && rank < k; rank++) {
      if (slots[rank] == slot) {
        return rank;
      }
    }
    return -1;
  }
}
