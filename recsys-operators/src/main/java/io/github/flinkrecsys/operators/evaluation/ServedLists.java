/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.evaluation;

import java.util.Arrays;

/** The newest lists that a user was served, as state. Flink POJO; the ids, and 8 bytes per list. */
public class ServedLists {
  /** Event times, ascending. */
  public long[] atMillis = new long[0];

  /** Item ids per list, best first, beside {@link #atMillis}. */
  public String[][] itemIds = new String[0][];

  /** Makes an empty history. */
  public ServedLists() {}

  /**
   * Adds a list.
   *
   * @param timestampMillis when it was made
   * @param ids of its items, best first
   * @param maxLists the oldest of more are dropped
   */
  public void add(long timestampMillis, String[] ids, int maxLists) {
    int at = atMillis.length;
    while (at > 0 && atMillis[at - 1] > timestampMillis) {
      at--;
    }
    long[] times = new long[atMillis.length + 1];
    String[][] lists = new String[times.length][];
    for (int i = 0; i < times.length; i++) {
      times[i] = i < at ? atMillis[i] : i == at ? timestampMillis : atMillis[i - 1];
      lists[i] = i < at ? itemIds[i] : i == at ? ids : itemIds[i - 1];
    }
    int from = Math.max(0, times.length - maxLists);
    atMillis = Arrays.copyOfRange(times, from, times.length);
    itemIds = Arrays.copyOfRange(lists, from, lists.length);
  }

  /**
   * Finds the list that a user saw last.
   *
   * @param timestampMillis event time
   * @return the newest list of before that time, or null
   */
  public String[] before(long timestampMillis) {
    for (int i = atMillis.length - 1; i >= 0; i--) {
      if (atMillis[i] < timestampMillis) {
        return itemIds[i];
      }
    }
    return null;
  }

  /**
   * Drops lists that {@link #before} cannot find any more.
   *
   * @param timestampMillis the least event time that will still be asked for
   */
  public void forgetBefore(long timestampMillis) {
    int from = 0;
    while (from + 1 < atMillis.length && atMillis[from + 1] < timestampMillis) {
      from++;
    }
    atMillis = Arrays.copyOfRange(atMillis, from, atMillis.length);
    itemIds = Arrays.copyOfRange(itemIds, from, itemIds.length);
  }

  long newestMillis() {
    return atMillis.length == 0 ? 0 : atMillis[atMillis.length - 1];
  }
}
