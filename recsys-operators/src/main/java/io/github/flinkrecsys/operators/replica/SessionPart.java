/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.replica;

import io.github.flinkrecsys.core.neighbor.IndexedSession;
import java.util.List;
import org.apache.flink.api.common.state.OperatorStateStore;

/**
 * Closed sessions. They have no sums: an index that is ahead of the barrier takes the same session
 * again after a restore, and remembers it once.
 */
final class SessionPart extends ReplicaPart<IndexedSession> {
  SessionPart(ReplicaShare share, OperatorStateStore store, String name) throws Exception {
    super(share, store, name, IndexedSession.class);
  }

  /** Adds a session, in every subtask: a checkpoint needs what lies before its own barrier. */
  void add(IndexedSession session) {
    addToReplica(session);
  }

  @Override
  void addToReplica(IndexedSession session) {
    share.replica().sessions().add(session);
  }

  @Override
  List<IndexedSession> copy() {
    return share.replica().sessions().sessions(share.subtask(), share.subtasks());
  }
}
