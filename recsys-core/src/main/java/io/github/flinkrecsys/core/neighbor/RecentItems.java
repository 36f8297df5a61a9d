/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.neighbor;

import java.util.Arrays;

/**
 * The newest distinct items of a user, oldest first, as hashes of their ids. Flink POJO; 8 bytes
 * per item, grown by doubling up to the bound.
 */
public class RecentItems {
  /** Hashes; {@code hashes[0..count)} are in use, the newest last. */
  public long[] hashes = new long[8];

  /** How many are in use. */
  public int count;

  /** Makes an empty list. */
  public RecentItems() {}

  /**
   * Adds an item as the newest, or makes it the newest again.
   *
   * @param idHash of the item
   * @param maxItems how many are kept, at least 1; the oldest beyond are dropped
   * @implNote O(items kept).
   */
  public void add(long idHash, int maxItems) {
    int at = 0;
    while (at < count && hashes[at] != idHash) {
      at++;
    }
    if (at < count) {
      remove(at, at + 1);
    }
    if (count >= maxItems) {
      remove(0, count - maxItems + 1);
    }
    if (count == hashes.length) {
      hashes = Arrays.copyOf(hashes, Math.min(maxItems, count * 2));
    }
    hashes[count++] = idHash;
  }

  private void remove(int from, int to) {
    System.arraycopy(hashes, to, hashes, from, count - to);
    count -= to - from;
  }
}
