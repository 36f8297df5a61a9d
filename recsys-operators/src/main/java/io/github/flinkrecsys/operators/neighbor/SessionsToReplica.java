/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.neighbor;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.neighbor.IndexedSession;
import io.github.flinkrecsys.core.session.Session;
import io.github.flinkrecsys.operators.replica.ReplicaUpdate;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Turns closed sessions into updates of the replica's index. A session of one interaction has
 * nothing that came next, and is left out.
 */
public final class SessionsToReplica
    implements FlatMapFunction<Session<Interaction>, ReplicaUpdate> {
  private static final long serialVersionUID = 1L;

  /** Makes the function. */
  public SessionsToReplica() {}

  @Override
  public void flatMap(Session<Interaction> session, Collector<ReplicaUpdate> out) {
    Interaction[] events = session.events();
    if (events.length < 2) {
      return;
    }
    String[] itemIds = new String[events.length];
    for (int i = 0; i < itemIds.length; i++) {
      itemIds[i] = events[i].itemId();
    }
    // A user's sessions do not overlap, so the start tells them apart.
    String sessionId = session.startMillis() + " " + session.userId();
    out.collect(ReplicaUpdate.of(IndexedSession.of(sessionId, itemIds, session.endMillis())));
  }
}
