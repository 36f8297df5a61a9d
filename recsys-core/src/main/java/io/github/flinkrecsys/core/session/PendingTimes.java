/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.session;

import java.util.Arrays;

/**
 * Times of one user's events that are in no finished session yet, oldest first. The events lie
 * elsewhere, in the order in which they arrived; {@link #positions} leads to them. A Flink POJO: it
 * is state, so neither the class nor its fields may be renamed.
 */
public class PendingTimes {
  /** Value of {@link #timer} when there is none. */
  public static final long NO_TIMER = -1;

  /** Event times in milliseconds, ascending. */
  public long[] times = new long[0];

  /** For each time, which event it belongs to: 0 is the first of the pending ones to arrive. */
  public int[] positions = new int[0];

  /** Event time at which the caller asked to be woken, or {@link #NO_TIMER}. */
  public long timer = NO_TIMER;

  /** Makes an empty one. */
  public PendingTimes() {}

  /**
   * Tells how many events are pending.
   *
   * @return their number
   */
  public int size() {
    return times.length;
  }

  /**
   * Adds the event that arrived last.
   *
   * @param time of the event, not negative
   * @return its index, behind all events of the same time
   * @implNote O(log n) to find the place and a copy of 12n bytes.
   */
  public int add(long time) {
    int index = indexAfter(time);
    int size = times.length;
    long[] newTimes = Arrays.copyOf(times, size + 1);
    int[] newPositions = Arrays.copyOf(positions, size + 1);
    System.arraycopy(times, index, newTimes, index + 1, size - index);
    System.arraycopy(positions, index, newPositions, index + 1, size - index);
    newTimes[index] = time;
    newPositions[index] = size;
    times = newTimes;
    positions = newPositions;
    return index;
  }

  /**
   * Forgets the oldest events. The caller keeps the others, now in the order of their times.
   *
   * @param count how many
   */
  public void removeFirst(int count) {
    times = Arrays.copyOfRange(times, count, times.length);
    positions = new int[times.length];
    Arrays.setAll(positions, i -> i);
  }

  private int indexAfter(long time) {
    int low = 0;
    int high = times.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] <= time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
