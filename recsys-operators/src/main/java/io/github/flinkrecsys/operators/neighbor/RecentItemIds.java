/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.neighbor;

import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.neighbor.ItemPair;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import java.util.function.Consumer;

/** The items that a user turned to last, as state. Flink POJO. */
public class RecentItemIds {
  /** Their ids, oldest first, each once. */
  public String[] itemIds = new String[0];

  /** Event time of the newest interaction. */
  public long lastSeenMillis = Long.MIN_VALUE;

  /** Makes an empty list. */
  public RecentItemIds() {}

  /**
   * Pairs an item with the recent ones and makes it the newest of them.
   *
   * @param itemId of the interaction
   * @param weight of the interaction
   * @param atMillis event time of the interaction
   * @param config window and decay by distance
   * @param out receives the item with itself, then two pairs per recent item, one for the list of
   *     either
   */
  public void pair(
      String itemId, float weight, long atMillis, NeighborConfig config, Consumer<ItemPair> out) {
    double unknown = DecayedCount.EMPTY;
    out.accept(new ItemPair(itemId, itemId, weight, 0, unknown, atMillis));
    float falling = weight;
    for (int n = itemIds.length - 1; n >= 0; n--) {
      String before = itemIds[n];
      if (!before.equals(itemId)) {
        out.accept(new ItemPair(before, itemId, falling, 0, unknown, atMillis));
        out.accept(new ItemPair(itemId, before, 0, falling, unknown, atMillis));
      }
      falling *= (float) config.distanceDecay();
    }
    add(itemId, atMillis, config.window());
  }

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
