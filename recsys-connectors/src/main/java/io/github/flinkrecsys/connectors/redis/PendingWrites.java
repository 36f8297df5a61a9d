/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes that are not acknowledged: of each key at most one that waits, the newest, and at most one
 * that is in flight. Since no two writes of a key are in flight, none can overtake the other.
 *
 * <p>Not safe for threads.
 */
final class PendingWrites {
  private final int batchSize;
  private final Map<String, PendingWrite> waiting = new LinkedHashMap<>();
  private final Set<String> inFlight = new HashSet<>();

  PendingWrites(int batchSize) {
    this.batchSize = batchSize;
  }

  /** Number of writes that are not acknowledged. */
  int size() {
    return waiting.size() + inFlight.size();
  }

  /** Number of writes that are not in flight. */
  int waiting() {
    return waiting.size();
  }

  boolean waits(String key) {
    return waiting.containsKey(key);
  }

  /**
   * Adds a write that comes after all others: of equal versions it wins.
   *
   * @return whether one of two writes was dropped as older
   */
  boolean offer(PendingWrite write) {
    PendingWrite other = waiting.get(write.key());
    if (other == null) {
      waiting.put(write.key(), write);
      return false;
    }
    if (write.version() >= other.version()) {
      write.inheritFailures(other);
      waiting.put(write.key(), write);
    }
    return true;
  }

  /**
   * Returns a write that was in flight: of equal versions the one that waits wins.
   *
   * @return whether one of two writes was dropped as older
   */
  boolean putBack(PendingWrite write) {
    inFlight.remove(write.key());
    PendingWrite other = waiting.get(write.key());
    if (other == null || write.version() > other.version()) {
      waiting.put(write.key(), write);
    } else {
      other.inheritFailures(write);
    }
    return other != null;
  }

  /** Forgets a write that was in flight. */
  void acknowledge(PendingWrite write) {
    inFlight.remove(write.key());
  }

  /**
   * Takes what should be sent now: a full batch at once, a smaller one when nothing is in flight.
   * So a single record does not wait for others, and many share a round trip.
   *
   * @return the writes, in flight from now on; empty if there is nothing to send
   */
  List<PendingWrite> takeBatch(long nowNanos) {
    List<PendingWrite> batch = new ArrayList<>();
    if (!inFlight.isEmpty() && waiting.size() < batchSize) {
      return batch;
    }
    Iterator<PendingWrite> writes = waiting.values().iterator();
    while (batch.size() < batchSize && writes.hasNext()) {
      PendingWrite write = writes.next();
      if (write.mayBeSent(nowNanos) && !inFlight.contains(write.key())) {
        writes.remove();
        batch.add(write);
      }
    }
    batch.forEach(write -> inFlight.add(write.key()));
    return batch;
  }
}
