/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import java.util.Arrays;

/**
 * The items that a user was shown last, as hashes of their ids with times, oldest overwritten
 * first. Flink POJO; 16 bytes per item, grown by doubling up to the bound.
 */
public class ServedItems {
  /** Hashes, unordered once full; {@code hashes[0..count)} are in use. */
  public long[] hashes = new long[0];

  /** Event time at which each was shown last. */
  public long[] servedMillis = new long[0];

  /** How many are in use. */
  public int count;

  /** Where the next one is written once full. */
  public int next;

  /** Makes an empty set. */
  public ServedItems() {}

  /**
   * Adds an item, or sets the time of one that is there.
   *
   * @param idHash of the item
   * @param atMillis event time
   * @param maxItems how many are kept, at least 1
   * @implNote O(items kept).
   */
  public void add(long idHash, long atMillis, int maxItems) {
    for (int i = 0; i < count; i++) {
      if (hashes[i] == idHash) {
        servedMillis[i] = Math.max(servedMillis[i], atMillis);
        return;
      }
    }
    int place = count;
    if (count < maxItems) {
      if (count == hashes.length) {
        int length = Math.min(maxItems, Math.max(16, count * 2));
        hashes = Arrays.copyOf(hashes, length);
        servedMillis = Arrays.copyOf(servedMillis, length);
      }
      count++;
    } else {
      place = next < count ? next : 0;
      next = place + 1;
    }
    hashes[place] = idHash;
    servedMillis[place] = atMillis;
  }
}
