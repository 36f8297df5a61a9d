/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.replica;

import io.github.flinkrecsys.core.neighbor.CoOccurrences;
import io.github.flinkrecsys.core.neighbor.ItemNeighbors;
import io.github.flinkrecsys.core.neighbor.NeighborRows;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import java.util.List;
import org.apache.flink.api.common.state.OperatorStateStore;

/** Neighbours of items. */
final class NeighborPart extends ReplicaPart<NeighborRows> {
  private final ItemNeighbors own;

  NeighborPart(ReplicaShare share, OperatorStateStore store, String name, ReplicaSettings settings)
      throws Exception {
    super(share, store, name, NeighborRows.class);
    this.own = new ItemNeighbors(settings.neighbors(), share.replica().items(), settings.decay());
  }

  void count(CoOccurrences batch) {
    if (share.isForeign(batch.origin())) {
      share.replica().neighbors().learn(batch, slot -> true);
    }
    own.learn(batch, share::isOwn);
  }

  /** Takes notice of items that were counted. */
  void recount(ItemDeltas deltas) {
    if (share.isForeign(deltas.origin())) {
      share.replica().neighbors().recount(deltas);
    }
    own.recount(deltas);
  }

  @Override
  void addToReplica(NeighborRows rows) {
    share.replica().neighbors().restore(rows, slot -> true);
  }

  @Override
  void addToShare(NeighborRows rows) {
    own.restore(rows, share::isOwn);
  }

  @Override
  List<NeighborRows> copy() {
    return own.copy(share::isOwn, ItemReplicaFunction.ITEMS_PER_ELEMENT);
  }
}
