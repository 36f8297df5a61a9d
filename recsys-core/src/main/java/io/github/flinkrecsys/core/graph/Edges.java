/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.graph;

/**
 * When an edge was seen and how much it weighs, in one {@code long} whose order is that of time,
 * then weight: 49 bits of event time in milliseconds (up to the year 10,889) and the upper 15 bits
 * of a positive {@code float}, which is exact to one part in 128.
 */
public final class Edges {
  private static final int WEIGHT_BITS = 15;
  private static final int WEIGHT_MASK = (1 << WEIGHT_BITS) - 1;
  private static final int DROPPED_BITS = 16;
  private static final long MAX_MILLIS = (1L << 48) - 1;

  private Edges() {}

  /**
   * Packs.
   *
   * @param atMillis event time; times out of range count as the nearest in range
   * @param weight positive and finite
   * @return the stamp
   */
  public static long stamp(long atMillis, float weight) {
    long millis = Math.max(-MAX_MILLIS, Math.min(MAX_MILLIS, atMillis));
    int bits = Math.max(1, Float.floatToIntBits(weight) >>> DROPPED_BITS);
    return millis << WEIGHT_BITS | bits;
  }

  /**
   * Gives the smallest stamp of a time: every edge at or after it has this or a greater one.
   *
   * @param atMillis event time
   * @return stamp without weight
   */
  static long first(long atMillis) {
    return Math.max(-MAX_MILLIS, Math.min(MAX_MILLIS, atMillis)) << WEIGHT_BITS;
  }

  /**
   * Unpacks the time.
   *
   * @param stamp of {@link #stamp}
   * @return event time
   */
  public static long millis(long stamp) {
    return stamp >> WEIGHT_BITS;
  }

  /**
   * Unpacks the weight.
   *
   * @param stamp of {@link #stamp}
   * @return positive
   */
  public static float weight(long stamp) {
    return Float.intBitsToFloat((int) (stamp & WEIGHT_MASK) << DROPPED_BITS);
  }
}
