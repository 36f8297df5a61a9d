/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Remembers when an event entered this process, until its recommendation leaves it. Of several
 * events of one user in one millisecond the first counts. Works where source and sink share a
 * process, as in a local cluster; elsewhere nothing is found and no latency is reported.
 */
final class LatencyBoard {
  private static final int MAX_OPEN = 1 << 20;
  private static final ConcurrentHashMap<Event, Long> ENTERED = new ConcurrentHashMap<>();
  private static final AtomicLong EVENTS = new AtomicLong();

  private record Event(String userId, long timestampMillis) {}

  private LatencyBoard() {}

  /**
   * Remembers an event.
   *
   * @param warmUp how many events to pass over first
   */
  static void enter(String userId, long timestampMillis, long warmUp) {
    if (EVENTS.incrementAndGet() > warmUp && ENTERED.size() < MAX_OPEN) {
      ENTERED.putIfAbsent(new Event(userId, timestampMillis), System.nanoTime());
    }
  }

  /** Gives the nanoseconds since the event entered, or -1 if that is not known. */
  static long leave(String userId, long timestampMillis) {
    Long entered = ENTERED.remove(new Event(userId, timestampMillis));
    return entered == null ? -1 : System.nanoTime() - entered;
  }

  static void clear() {
    ENTERED.clear();
    EVENTS.set(0);
  }
}
