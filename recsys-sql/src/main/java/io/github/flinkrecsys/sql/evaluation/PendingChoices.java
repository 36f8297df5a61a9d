/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.evaluation;

import java.util.Arrays;

/** A user's interactions that wait for the watermark, oldest first. Flink POJO. */
public class PendingChoices {
  /** Event times, ascending. */
  public long[] atMillis = new long[0];

  /** Items, beside {@link #atMillis}. */
  public String[] itemIds = new String[0];

  /** Length of the lists that are judged: a timer brings no arguments of the call. */
  public int k;

  /** Makes an empty one. */
  public PendingChoices() {}

  void add(long timestampMillis, String itemId) {
    int at = atMillis.length;
    while (at > 0 && atMillis[at - 1] > timestampMillis) {
      at--;
    }
    atMillis = Arrays.copyOf(atMillis, atMillis.length + 1);
    itemIds = Arrays.copyOf(itemIds, itemIds.length + 1);
    System.arraycopy(atMillis, at, atMillis, at + 1, atMillis.length - at - 1);
    System.arraycopy(itemIds, at, itemIds, at + 1, itemIds.length - at - 1);
    atMillis[at] = timestampMillis;
    itemIds[at] = itemId;
  }

  void removeFirst(int count) {
    atMillis = Arrays.copyOfRange(atMillis, count, atMillis.length);
    itemIds = Arrays.copyOfRange(itemIds, count, itemIds.length);
  }
}
