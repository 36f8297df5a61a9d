/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import java.util.Arrays;

/** Row numbers by slot, emptied in O(1), for one request after another. 8 bytes per slot. */
final class SlotRows {
  private final SlotMarks known = new SlotMarks();
  private int[] rows = new int[1024];

  void clear() {
    known.clear();
  }

  /** Gives a slot its row unless it has one; tells whether it did. */
  boolean putIfAbsent(int slot, int row) {
    if (known.isMarked(slot)) {
      return false;
    }
    if (slot >= rows.length) {
      rows = Arrays.copyOf(rows, Math.max(slot + 1, rows.length * 2));
    }
    known.mark(slot);
    rows[slot] = row;
    return true;
  }

  /** Gives a slot's row, or -1 if it has none. */
  int get(int slot) {
    return known.isMarked(slot) ? rows[slot] : -1;
  }
}
