/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.graph;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.Arrays;

/**
 * Counts of visits, by item, combined over the query items: the square of the sum of the roots
 * ({@code (sum_q sqrt(v_q))^2}), so an item that walks from several query items come past counts
 * more than one with as many visits from a single one. Belongs to one thread.
 *
 * @see <a href="https://doi.org/10.1145/3178876.3186183">Eksombatchai et al., Pixie, 2018</a>
 */
public final class WalkVisits {
  private final Long2IntOpenHashMap indexOfItem = new Long2IntOpenHashMap();
  private long[] items = new long[256];
  private int[] visits = new int[256];
  private double[] roots = new double[256];
  private int[] most = new int[256];
  private long[] because = new long[256];
  private int[] touched = new int[256];
  private int touchedCount;
  private int sure;

  /** Makes empty counts. */
  public WalkVisits() {
    indexOfItem.defaultReturnValue(-1);
  }

  /** Forgets everything. */
  public void clear() {
    indexOfItem.clear();
    touchedCount = 0;
    sure = 0;
  }

  /**
   * Counts visits in walks from the query item at hand.
   *
   * @param item hash of the item that was visited
   * @param times how often
   * @param stopVisits visits that make an item a sure one
   */
  public void visit(long item, int times, int stopVisits) {
    int index = indexOfItem.get(item);
    if (index < 0) {
      index = open(item);
    }
    int before = visits[index];
    if (before == 0) {
      touched[touchedCount++] = index;
    }
    visits[index] = before + times;
    if (before < stopVisits && before + times >= stopVisits) {
      sure++;
    }
  }

  private int open(long item) {
    int index = indexOfItem.size();
    if (index == items.length) {
      int capacity = index * 2;
      items = Arrays.copyOf(items, capacity);
      visits = Arrays.copyOf(visits, capacity);
      roots = Arrays.copyOf(roots, capacity);
      most = Arrays.copyOf(most, capacity);
      because = Arrays.copyOf(because, capacity);
      touched = Arrays.copyOf(touched, capacity);
    }
    indexOfItem.put(item, index);
    items[index] = item;
    visits[index] = 0;
    roots[index] = 0;
    most[index] = 0;
    return index;
  }

  /**
   * Counts the items that have visits enough from the query item at hand.
   *
   * @return how many
   */
  public int sure() {
    return sure;
  }

  /**
   * Ends the walks from a query item: its counts join those of the others.
   *
   * @param queryItem hash of it
   */
  public void endQuery(long queryItem) {
    for (int t = 0; t < touchedCount; t++) {
      int index = touched[t];
      roots[index] += Math.sqrt(visits[index]);
      if (visits[index] > most[index]) {
        most[index] = visits[index];
        because[index] = queryItem;
      }
      visits[index] = 0;
    }
    touchedCount = 0;
    sure = 0;
  }

  /**
   * Counts the items.
   *
   * @return how many were visited
   */
  public int size() {
    return indexOfItem.size();
  }

  /**
   * Gives an item.
   *
   * @param index 0 to {@code size - 1}
   * @return hash of its id
   */
  public long item(int index) {
    return items[index];
  }

  /**
   * Gives the combined visits of an item.
   *
   * @param index 0 to {@code size - 1}
   * @return square of the sum of roots
   */
  public double score(int index) {
    return roots[index] * roots[index];
  }

  /**
   * Gives the query item from which most visits came, the first of those with as many.
   *
   * @param index 0 to {@code size - 1}
   * @return hash of its id
   */
  public long because(int index) {
    return because[index];
  }
}
