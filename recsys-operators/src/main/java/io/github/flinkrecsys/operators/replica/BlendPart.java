/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.replica;

import io.github.flinkrecsys.core.ranking.BlendDeltas;
import io.github.flinkrecsys.core.ranking.BlendWeights;
import java.util.List;
import org.apache.flink.api.common.state.OperatorStateStore;

/** Weights of the blend; all are the first subtask's share. */
final class BlendPart extends ReplicaPart<BlendDeltas> {
  private final BlendWeights own = new BlendWeights();

  BlendPart(ReplicaShare share, OperatorStateStore store, String name) throws Exception {
    super(share, store, name, BlendDeltas.class);
  }

  void add(BlendDeltas deltas) {
    if (share.isForeign(deltas.origin())) {
      addToReplica(deltas);
    }
    addToShare(deltas);
  }

  @Override
  void addToReplica(BlendDeltas deltas) {
    share.replica().blend().add(deltas);
  }

  @Override
  void addToShare(BlendDeltas deltas) {
    if (share.isFirst()) {
      own.add(deltas);
    }
  }

  @Override
  List<BlendDeltas> copy() {
    return own.isEmpty() ? List.of() : List.of(own.copy(share.replica().origin()));
  }
}
