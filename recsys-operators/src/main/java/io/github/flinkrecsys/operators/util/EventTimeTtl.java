/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.util;

import java.time.Duration;
import org.apache.flink.streaming.api.TimerService;

/**
 * Frees a key's state after a silence in event time, with one timer per key: it is not moved by
 * each event, but looks when it fires whether the key has been silent, and else sets itself anew.
 *
 * <p>Event time, unlike Flink's own state TTL, makes a replay free the same state as the first run.
 */
public final class EventTimeTtl {
  private EventTimeTtl() {}

  /**
   * Sets the timer of a new key.
   *
   * @param timers of the key
   * @param lastSeenMillis event time of its newest event
   * @param ttl silence after which its state is freed
   */
  public static void start(TimerService timers, long lastSeenMillis, Duration ttl) {
    timers.registerEventTimeTimer(end(lastSeenMillis, ttl));
  }

  /**
   * Decides, when an event-time timer fires, whether the key's state is to be freed; sets the next
   * timer if it is not. At the end of a bounded input state is kept: nothing has been silent.
   *
   * @param timers of the key
   * @param timestamp of the timer
   * @param lastSeenMillis event time of its newest event
   * @param ttl silence after which its state is freed
   * @return true if the state is to be freed
   */
  public static boolean isOver(
      TimerService timers, long timestamp, long lastSeenMillis, Duration ttl) {
    return isOver(timers, timestamp, end(lastSeenMillis, ttl));
  }

  /**
   * Decides the same for state that is to be freed at a time of its own.
   *
   * @param timers of the key
   * @param timestamp of the timer
   * @param endMillis event time from which the state may be freed
   * @return true if the state is to be freed
   */
  public static boolean isOver(TimerService timers, long timestamp, long endMillis) {
    if (timers.currentWatermark() == Long.MAX_VALUE) {
      return false;
    }
    if (endMillis <= timestamp) {
      return true;
    }
    timers.registerEventTimeTimer(endMillis);
    return false;
  }

  private static long end(long lastSeenMillis, Duration ttl) {
    long millis = ttl.toMillis();
    // The end of time itself is when bounded inputs end.
    return lastSeenMillis > Long.MAX_VALUE - 1 - millis
        ? Long.MAX_VALUE - 1
        : lastSeenMillis + millis;
  }
}
