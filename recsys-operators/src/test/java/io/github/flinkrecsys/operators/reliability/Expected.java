/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import io.github.flinkrecsys.core.event.Interaction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** What a loop over the stream finds, without Flink and without faults. */
final class Expected {
  final Map<String, Long> perItem = new HashMap<>();
  final Map<String, Long> perUser = new HashMap<>();
  final Map<String, Long> lists = new HashMap<>();
  final Map<String, Long> sessions = new HashMap<>();
  final Map<String, Long> refused = new HashMap<>();
  final Map<String, Long> late = new HashMap<>();
  long scored;

  private final Map<String, OpenSession> open = new HashMap<>();

  private static final class OpenSession {
    long start;
    long end;
    final StringBuilder items = new StringBuilder();
  }

  Expected(long seed, int events) {
    this(LongStream.range(0, events).mapToObj(n -> TestShop.event(seed, n)).toList());
  }

  Expected(List<Interaction> events) {
    Set<String> seen = new HashSet<>();
    for (Interaction event : events) {
      if (TestShop.isRefused(event)) {
        refused.merge(event.toString(), 1L, Long::sum);
      } else {
        boolean isNew = seen.add(event.userId() + " " + event.itemId());
        scored += isNew && perUser.containsKey(event.userId()) ? 1 : 0;
        perItem.merge(event.itemId(), 1L, Long::sum);
        perUser.merge(event.userId(), 1L, Long::sum);
        lists.merge(event.userId() + "@" + event.timestampMillis(), 1L, Long::sum);
        addToSession(event);
      }
    }
    open.forEach(this::close);
  }

  private void addToSession(Interaction event) {
    OpenSession session = open.get(event.userId());
    if (session != null && event.timestampMillis() - session.end >= TestShop.GAP_MILLIS) {
      close(event.userId(), session);
      session = null;
    }
    if (session == null) {
      session = new OpenSession();
      session.start = event.timestampMillis();
      open.put(event.userId(), session);
    }
    session.end = event.timestampMillis();
    session.items.append(session.items.length() == 0 ? "" : ",").append(event.itemId());
  }

  private void close(String userId, OpenSession session) {
    sessions.merge(
        TestShop.sessionText(userId, session.start, session.end, session.items.toString()),
        1L,
        Long::sum);
  }
}
