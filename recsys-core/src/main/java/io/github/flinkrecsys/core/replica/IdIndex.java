/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.replica;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Open-addressing map from id hash to slot: one writer at a time, any number of readers without a
 * lock. Several ids with one hash take several entries; the reader tells them apart by {@code
 * Match}.
 *
 * <p>24 bytes per entry at the highest load of one half.
 */
final class IdIndex {
  private static final VarHandle HASHES = MethodHandles.arrayElementVarHandle(long[].class);

  /** Decides whether the slot of an equal hash is the one that was asked for. */
  interface Match {
    boolean test(int slot);
  }

  private record Table(long[] hashes, int[] slots) {}

  private volatile Table table = newTable(1 << 10);
  private int entries;

  private static Table newTable(int capacity) {
    return new Table(new long[capacity], new int[capacity]);
  }

  int find(long hash, Match match) {
    Table t = table;
    int mask = t.hashes.length - 1;
    for (int i = (int) hash & mask; ; i = (i + 1) & mask) {
      // Acquire pairs with the release in put: whoever sees the hash sees its slot.
      long found = (long) HASHES.getAcquire(t.hashes, i);
      if (found == 0) {
        return -1;
      }
      if (found == hash && match.test(t.slots[i])) {
        return t.slots[i];
      }
    }
  }

  void put(long hash, int slot) {
    if ((entries + 1) * 2 > table.hashes.length) {
      grow();
    }
    insert(table, hash, slot);
    entries++;
  }

  long bytes() {
    return (long) table.hashes.length * (Long.BYTES + Integer.BYTES);
  }

  private void grow() {
    Table old = table;
    Table larger = newTable(old.hashes.length * 2);
    for (int i = 0; i < old.hashes.length; i++) {
      if (old.hashes[i] != 0) {
        insert(larger, old.hashes[i], old.slots[i]);
      }
    }
    table = larger;
  }

  private static void insert(Table t, long hash, int slot) {
    int mask = t.hashes.length - 1;
    int i = (int) hash & mask;
    while (t.hashes[i] != 0) {
      i = (i + 1) & mask;
    }
    t.slots[i] = slot;
    HASHES.setRelease(t.hashes, i, hash);
  }
}
