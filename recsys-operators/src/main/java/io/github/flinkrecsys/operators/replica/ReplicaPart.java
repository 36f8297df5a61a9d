/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.replica;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;

/**
 * One kind of what a replica holds: how it reaches the replica, and this subtask's share of it in
 * checkpoints. The union list of its name has the shares of all subtasks.
 *
 * @param <T> element of the list
 */
abstract class ReplicaPart<T> {
  final ReplicaShare share;
  private final ListState<T> state;

  ReplicaPart(ReplicaShare share, OperatorStateStore store, String name, Class<T> type)
      throws Exception {
    this.share = share;
    this.state = store.getUnionListState(new ListStateDescriptor<>(name, type));
  }

  final void restore() throws Exception {
    for (T element : state.get()) {
      if (share.replica().leads()) {
        addToReplica(element);
      }
      addToShare(element);
    }
  }

  final void snapshot() throws Exception {
    state.update(copy());
  }

  /** Adds an element, of whichever subtask's share. */
  abstract void addToReplica(T element);

  /**
   * Adds this subtask's part of an element to its share; nothing where the share is read from the
   * replica.
   */
  void addToShare(T element) {}

  /** Copies this subtask's share. */
  abstract List<T> copy();
}
