/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.event;

import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;
import java.time.Duration;

/**
 * How far event time may run ahead of the wall clock. One event from the future would close every
 * session, free every user and outweigh all counts; a replay of the past is never in the future.
 *
 * @param maxAhead zero for any time up to the year 9999
 */
record ClockBound(Duration maxAhead) implements Serializable {
  /** The last millisecond of the year 9999; what lies beyond is taken for another unit. */
  static final long MAX_TIMESTAMP_MILLIS = 253_402_300_799_999L;

  ClockBound {
    Checks.notNull("maxAhead", maxAhead);
    boolean isBound = !maxAhead.isNegative() && maxAhead.compareTo(Duration.ofDays(365_000)) <= 0;
    Checks.require(isBound, "maxAhead", "between zero and 365000 days", maxAhead);
  }

  /** Tells whether a time may be that of an event. */
  boolean admits(long timestampMillis) {
    return timestampMillis >= 0 && timestampMillis <= latest();
  }

  /** Gives the reason for refusing a time, or null if it may be that of an event. */
  String violation(long timestampMillis) {
    if (timestampMillis <= latest()) {
      return null;
    }
    return timestampMillis > MAX_TIMESTAMP_MILLIS
        ? "timestampMillis must be before the year 10000, got " + timestampMillis
        : "timestampMillis must be at most "
            + maxAhead
            + " ahead of the clock, got "
            + timestampMillis;
  }

  private long latest() {
    return maxAhead.isZero()
        ? MAX_TIMESTAMP_MILLIS
        : Math.min(MAX_TIMESTAMP_MILLIS, System.currentTimeMillis() + maxAhead.toMillis());
  }
}
