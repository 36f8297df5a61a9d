/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.neighbor;

import java.util.Arrays;

/**
 * The item ids of a session that goes on, oldest first, repeats included: state of {@link
 * SessionNeighborFunction}. Flink POJO.
 */
public class OpenSessionItems {
  /** Ids. */
  public String[] itemIds = new String[0];

  /** Event time of the newest. */
  public long lastMillis = Long.MIN_VALUE;

  /** Makes a session without items. */
  public OpenSessionItems() {}

  /** Adds an item, by the rules of {@link io.github.flinkrecsys.core.session.OpenSession#add}. */
  void add(String itemId, long timestampMillis, long gapMillis, int maxItems) {
    int count = itemIds.length;
    if (count > 0 && timestampMillis <= lastMillis - gapMillis) {
      return;
    }
    boolean goesOn = count > 0 && timestampMillis - lastMillis < gapMillis;
    int kept = goesOn ? Math.min(count, maxItems - 1) : 0;
    String[] longer = Arrays.copyOfRange(itemIds, count - kept, count + 1);
    longer[kept] = itemId;
    itemIds = longer;
    lastMillis = Math.max(lastMillis, timestampMillis);
  }
}
