/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.replica;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Striped spin locks for writers of rows. A writer holds one for the tens of nanoseconds that
 * adding one vector takes, far less than parking a thread would.
 */
final class RowLocks {
  private static final int STRIPES = 1 << 11;

  /**
   * Each stripe has a cache line of its own, or writers of different rows would slow each other.
   */
  private static final int SPACING = 16;

  private final AtomicIntegerArray held = new AtomicIntegerArray(STRIPES * SPACING);

  void lock(int row) {
    int stripe = stripe(row);
    while (!held.compareAndSet(stripe, 0, 1)) {
      Thread.onSpinWait();
    }
  }

  void unlock(int row) {
    held.setRelease(stripe(row), 0);
  }

  private static int stripe(int row) {
    return (row & (STRIPES - 1)) * SPACING;
  }
}
