/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.table;

/**
 * Sums of event times, which are not negative, that stop short of the end of time: a row may have
 * any time, and a timer of a sum that has overflowed would fire at once, again and again.
 */
public final class EventTimes {
  /** The end of time itself is when bounded inputs end. */
  private static final long LATEST = Long.MAX_VALUE - 1;

  private EventTimes() {}

  /**
   * Adds.
   *
   * @param atMillis not negative
   * @param millis not negative
   * @return the sum, or the latest time there is
   */
  public static long plus(long atMillis, long millis) {
    return atMillis > LATEST - millis ? LATEST : atMillis + millis;
  }

  /**
   * Finds the last millisecond of the interval that a time is in, intervals starting at 0.
   *
   * @param atMillis not negative
   * @param lengthMillis of an interval, positive
   * @return the interval's end, or the latest time there is
   */
  public static long endOfInterval(long atMillis, long lengthMillis) {
    return plus(atMillis - atMillis % lengthMillis, lengthMillis - 1);
  }
}
