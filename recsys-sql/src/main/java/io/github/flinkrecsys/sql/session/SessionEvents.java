/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.session;

import io.github.flinkrecsys.core.session.SessionConfig;
import java.time.Duration;
import java.util.Arrays;

/** Events of one user that are in no finished session yet, in the order of arrival. Flink POJO. */
public class SessionEvents {
  /** Items. */
  public String[] itemIds = new String[0];

  /** Types, beside {@link #itemIds}. */
  public String[] eventTypes = new String[0];

  /** Pause that ends a session, in milliseconds: a timer brings no arguments of the call. */
  public long gapMillis;

  /** Events after which a session is cut. */
  public int maxLength;

  /** Time after which a session is cut, in milliseconds. */
  public long maxDurationMillis;

  /** Makes an empty one. */
  public SessionEvents() {}

  void limit(SessionConfig config) {
    gapMillis = config.gap().toMillis();
    maxLength = config.maxLength();
    maxDurationMillis = config.maxDuration().toMillis();
  }

  SessionConfig limits() {
    return new SessionConfig(
        Duration.ofMillis(gapMillis), maxLength, Duration.ofMillis(maxDurationMillis), maxLength);
  }

  void add(String itemId, String eventType) {
    itemIds = Arrays.copyOf(itemIds, itemIds.length + 1);
    eventTypes = Arrays.copyOf(eventTypes, eventTypes.length + 1);
    itemIds[itemIds.length - 1] = itemId;
    eventTypes[eventTypes.length - 1] = eventType;
  }

  /** Keeps the events at some positions, in that order. */
  SessionEvents at(int[] positions, int from, int to) {
    SessionEvents kept = new SessionEvents();
    kept.itemIds = new String[to - from];
    kept.eventTypes = new String[to - from];
    for (int i = from; i < to; i++) {
      kept.itemIds[i - from] = itemIds[positions[i]];
      kept.eventTypes[i - from] = eventTypes[positions[i]];
    }
    return kept;
  }

  void takeOver(SessionEvents other) {
    itemIds = other.itemIds;
    eventTypes = other.eventTypes;
  }
}
