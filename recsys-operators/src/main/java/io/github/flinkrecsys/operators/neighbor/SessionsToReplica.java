/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.neighbor;

import io.github.flinkrecsys.core.event.ConfidenceWeights;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.neighbor.IndexedSession;
import io.github.flinkrecsys.core.session.Session;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.replica.ReplicaUpdate;
import java.util.Arrays;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Turns closed sessions into updates of the replica's index. A session of one interaction has
 * nothing that came next, and is left out, and so is what counts nothing.
 */
public final class SessionsToReplica
    implements FlatMapFunction<Session<Interaction>, ReplicaUpdate> {
  private static final long serialVersionUID = 1L;

  private final ConfidenceWeights confidence;

  /**
   * Makes the function.
   *
   * @param confidence of types; interactions of a type of 0 are left out
   */
  public SessionsToReplica(ConfidenceWeights confidence) {
    this.confidence = Checks.notNull("confidence", confidence);
  }

  @Override
  public void flatMap(Session<Interaction> session, Collector<ReplicaUpdate> out) {
    String[] itemIds =
        Arrays.stream(session.events())
            .filter(event -> confidence.of(event.type()) > 0)
            .map(Interaction::itemId)
            .toArray(String[]::new);
    if (itemIds.length < 2) {
      return;
    }
    // A user's sessions do not overlap, so the start tells them apart.
    String sessionId = session.startMillis() + " " + session.userId();
    out.collect(ReplicaUpdate.of(IndexedSession.of(sessionId, itemIds, session.endMillis())));
  }
}
