/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.session;

import java.util.Arrays;

/**
 * Events of one user that follow each other closely. Sessions are equal by content, events
 * included.
 *
 * @param <E> type of the events
 * @param userId whose
 * @param startMillis event time of the first event, milliseconds since 1970
 * @param endMillis event time of the last event, so a session of one event lasts 0 ms
 * @param events by event time, events of the same time in the order in which they arrived; at least
 *     one; not copied
 */
public record Session<E>(String userId, long startMillis, long endMillis, E[] events) {

  @Override
  public boolean equals(Object other) {
    return other instanceof Session<?> that
        && userId.equals(that.userId)
        && startMillis == that.startMillis
        && endMillis == that.endMillis
        && Arrays.equals(events, that.events);
  }

  @Override
  public int hashCode() {
    int hash = userId.hashCode();
    hash = 31 * hash + Long.hashCode(startMillis);
    hash = 31 * hash + Long.hashCode(endMillis);
    return 31 * hash + Arrays.hashCode(events);
  }

  @Override
  public String toString() {
    return "Session[userId="
        + userId
        + ", startMillis="
        + startMillis
        + ", endMillis="
        + endMillis
        + ", events="
        + Arrays.toString(events)
        + "]";
  }
}
