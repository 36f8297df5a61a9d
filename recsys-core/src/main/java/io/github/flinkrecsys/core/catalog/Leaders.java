/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.catalog;

import io.github.flinkrecsys.core.feature.DecayedCount;
import java.util.function.IntPredicate;

/**
 * The items with the highest decayed counts, unordered. A count is kept as it was at a time that
 * all of them share, so that decay to any other time is one factor for all.
 */
final class Leaders {
  /** The shared time moves on long before a count leaves what a double holds. */
  private static final double MOVES_AFTER = 500;

  private final int[] slots;
  private final double[] stored;
  private final double[] counts;
  private int size;
  private double base;

  /** No leader's count is lower; it may be out of date, since counts grow. */
  private double lowest = Double.POSITIVE_INFINITY;

  private long checked;

  Leaders(int capacity) {
    slots = new int[capacity];
    stored = new double[capacity];
    counts = new double[capacity];
  }

  /**
   * Takes up an item whose count has just grown.
   *
   * @param slot of the item
   * @param count its logarithm, of {@link DecayedCount}
   */
  void offer(int slot, double count) {
    if (size == slots.length && count <= lowest) {
      return;
    }
    for (int n = 0; n < size; n++) {
      if (slots[n] == slot) {
        set(n, slot, count);
        return;
      }
    }
    if (size < slots.length) {
      lowest = Math.min(size == 0 ? Double.POSITIVE_INFINITY : lowest, count);
      base = size == 0 ? count : base;
      set(size++, slot, count);
      return;
    }
    int last = 0;
    for (int n = 1; n < size; n++) {
      last = stored[n] < stored[last] ? n : last;
    }
    lowest = stored[last];
    if (count > lowest) {
      set(last, slot, count);
    }
  }

  private void set(int n, int slot, double count) {
    slots[n] = slot;
    stored[n] = count;
    if (count > base + MOVES_AFTER) {
      base = count;
      for (int other = 0; other < size; other++) {
        counts[other] = Math.pow(2, stored[other] - base);
      }
    }
    counts[n] = Math.pow(2, count - base);
  }

  /**
   * Lets go of the items that do not belong here any more.
   *
   * @param version of what decides that; nothing happens if it is that of the last call
   * @param belongs tells it
   */
  void keep(long version, IntPredicate belongs) {
    if (checked == version) {
      return;
    }
    checked = version;
    int kept = 0;
    for (int n = 0; n < size; n++) {
      if (belongs.test(slots[n])) {
        slots[kept] = slots[n];
        stored[kept] = stored[n];
        counts[kept++] = counts[n];
      }
    }
    size = kept;
  }

  /**
   * Hands out all of them.
   *
   * @param now logarithm as of which to count, of {@link DecayedCount#logAt}
   * @param into receives them
   */
  void forEach(double now, Trends.Consumer into) {
    double decay = Math.pow(2, base - now);
    for (int n = 0; n < size; n++) {
      into.accept(slots[n], counts[n] * decay);
    }
  }

  void clear() {
    size = 0;
  }
}
