/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.replica;

import io.github.flinkrecsys.core.replica.ItemDeltaBuffer;
import io.github.flinkrecsys.core.util.Hashes;

/**
 * Which part of a replica one writing subtask answers for in checkpoints: 1 in {@code subtasks}.
 */
record ReplicaShare(SharedReplica.Lease replica, int subtask, int subtasks) {
  /** Whether this subtask must bring what came from a replica into its own task manager's. */
  boolean isForeign(long origin) {
    return replica.leads() && origin != replica.origin();
  }

  boolean isOwn(int slot) {
    return isOwnHash(replica.items().idHash(slot));
  }

  boolean isOwn(String itemId) {
    return isOwnHash(Hashes.hash(itemId));
  }

  private boolean isOwnHash(long idHash) {
    return ItemDeltaBuffer.share(idHash, subtasks) == subtask;
  }

  /** Whether this subtask answers for what has no items. */
  boolean isFirst() {
    return subtask == 0;
  }
}
