/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers when an event entered this process, until its recommendation leaves it. Of several
 * events of one user in one millisecond the first counts. Works where source and sink share a
 * process, as in a local cluster; elsewhere nothing is found and no latency is reported.
 */
final class LatencyBoard {
  private static final int MAX_OPEN = 1 << 20;
  private static final ConcurrentHashMap<Event, Long> ENTERED = new ConcurrentHashMap<>();

  private record Event(String userId, long timestampMillis) {}

  private LatencyBoard() {}

  static void enter(String userId, long timestampMillis) {
    if (ENTERED.size() < MAX_OPEN) {
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
  }
}
