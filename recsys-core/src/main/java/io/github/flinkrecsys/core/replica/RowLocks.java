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
  private static final int STRIPES = 1 << 12;

  private final AtomicIntegerArray held = new AtomicIntegerArray(STRIPES);

  void lock(int row) {
    int stripe = row & (STRIPES - 1);
    while (!held.compareAndSet(stripe, 0, 1)) {
      Thread.onSpinWait();
    }
  }

  void unlock(int row) {
    held.set(row & (STRIPES - 1), 0);
  }
}
