/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.neighbor;

/** The items that a user turned to last, as state. Flink POJO. */
public class RecentItemIds {
  /** Their ids, oldest first, each once. */
  public String[] itemIds = new String[0];

  /** Event time of the newest interaction. */
  public long lastSeenMillis = Long.MIN_VALUE;

  /** Makes an empty list. */
  public RecentItemIds() {}

  /** Makes an item the newest; of more than {@code maxItems} the oldest is dropped. */
  void add(String itemId, long timestampMillis, int maxItems) {
    int known = 0;
    while (known < itemIds.length && !itemIds[known].equals(itemId)) {
      known++;
    }
    int dropped = known < itemIds.length ? known : itemIds.length >= maxItems ? 0 : -1;
    String[] items = new String[dropped < 0 ? itemIds.length + 1 : itemIds.length];
    int to = 0;
    for (int n = 0; n < itemIds.length; n++) {
      if (n != dropped) {
        items[to++] = itemIds[n];
      }
    }
    items[to] = itemId;
    itemIds = items;
    lastSeenMillis = Math.max(lastSeenMillis, timestampMillis);
  }
}
