/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.util.Checks;
import java.util.Arrays;

/**
 * The newest items that a user has interacted with, as hashes of their ids, oldest overwritten
 * first. Flink POJO; 8 bytes per item, grown by doubling up to the bound.
 */
public class SeenItems {
  /** Hashes, unordered once full; {@code hashes[0..count)} are in use. */
  public long[] hashes = new long[8];

  /** How many are in use. */
  public int count;

  /** Where the next one is written once full. */
  public int next;

  /** Makes an empty set. */
  public SeenItems() {}

  /**
   * Adds an item.
   *
   * @param idHash of the item
   * @param maxItems how many are kept, at least 1
   * @return true if it was not there
   * @implNote O(items kept): a scan of a flat array.
   */
  public boolean add(long idHash, int maxItems) {
    Checks.positive("maxItems", maxItems);
    if (contains(idHash)) {
      return false;
    }
    if (count < maxItems) {
      if (count == hashes.length) {
        hashes = Arrays.copyOf(hashes, Math.min(maxItems, count * 2));
      }
      hashes[count++] = idHash;
    } else {
      next = next < count ? next : 0;
      hashes[next++] = idHash;
    }
    return true;
  }

  /**
   * Copies the set.
   *
   * @param room for how many more items
   * @return a set of the same items
   * @implNote O(items kept).
   */
  public SeenItems copy(int room) {
    SeenItems copy = new SeenItems();
    copy.hashes = Arrays.copyOf(hashes, Math.max(8, count + room));
    copy.count = count;
    return copy;
  }

  /**
   * Looks an item up.
   *
   * @param idHash of the item
   * @return whether it is there
   */
  public boolean contains(long idHash) {
    for (int i = 0; i < count; i++) {
      if (hashes[i] == idHash) {
        return true;
      }
    }
    return false;
  }
}
