/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.replica;

import io.github.flinkrecsys.core.replica.ItemDeltaBuffer;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import java.util.List;
import org.apache.flink.api.common.state.OperatorStateStore;

/** Factors and counts of items. */
final class ItemPart extends ReplicaPart<ItemDeltas> {
  private final ItemDeltaBuffer own;

  ItemPart(ReplicaShare share, OperatorStateStore store, String name) throws Exception {
    super(share, store, name, ItemDeltas.class);
    this.own = new ItemDeltaBuffer(share.replica().items());
  }

  /** Adds a batch; tells whether it was news to the replica. */
  boolean add(ItemDeltas deltas) {
    boolean isForeign = share.isForeign(deltas.origin());
    if (isForeign) {
      addToReplica(deltas);
    }
    addToShare(deltas);
    return isForeign;
  }

  @Override
  void addToReplica(ItemDeltas deltas) {
    share.replica().items().addAll(deltas);
  }

  @Override
  void addToShare(ItemDeltas deltas) {
    own.addShare(deltas, share.subtask(), share.subtasks());
  }

  @Override
  List<ItemDeltas> copy() {
    return own.copy(0, 0, ItemReplicaFunction.ITEMS_PER_ELEMENT);
  }
}
