/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.feature;

import java.util.Arrays;

/** State of one trending list: items sorted by stored count. Flink POJO. */
public class TrendingState {
  /** Best first. */
  public String[] itemIds = new String[0];

  /** Counts in their stored form, beside {@link #itemIds}. */
  public double[] stored = new double[0];

  /** Event time of the newest interaction. */
  public long asOfMillis;

  /** Whether the list has changed since it was sent. */
  public boolean unsent;

  /** Makes an empty list. */
  public TrendingState() {}

  /**
   * Puts an item in its place.
   *
   * @param itemId of the item
   * @param count in its stored form; a lower one than is known changes nothing
   * @param size of the list
   * @return whether the list has changed
   * @implNote O(size).
   */
  public boolean offer(String itemId, double count, int size) {
    int at = Arrays.asList(itemIds).indexOf(itemId);
    if (at < 0) {
      int last = itemIds.length - 1;
      if (itemIds.length < size) {
        at = itemIds.length;
        itemIds = Arrays.copyOf(itemIds, at + 1);
        stored = Arrays.copyOf(stored, at + 1);
      } else if (isBefore(count, itemId, stored[last], itemIds[last])) {
        at = last;
      } else {
        return false;
      }
    } else if (count <= stored[at]) {
      return false;
    }
    while (at > 0 && isBefore(count, itemId, stored[at - 1], itemIds[at - 1])) {
      itemIds[at] = itemIds[at - 1];
      stored[at] = stored[at - 1];
      at--;
    }
    itemIds[at] = itemId;
    stored[at] = count;
    return true;
  }

  private static boolean isBefore(double count, String id, double otherCount, String otherId) {
    return count > otherCount || (count == otherCount && id.compareTo(otherId) < 0);
  }
}
