/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.replica;

import io.github.flinkrecsys.core.replica.ModelDeltas;
import io.github.flinkrecsys.core.replica.ModelItems;
import io.github.flinkrecsys.core.replica.ModelProgress;
import java.util.List;
import org.apache.flink.api.common.state.OperatorStateStore;

/** How much of which offline models has arrived; their items are those of {@link ItemPart}. */
final class OfflineModelPart extends ReplicaPart<ModelItems> {
  private final ModelProgress own = new ModelProgress();

  OfflineModelPart(ReplicaShare share, OperatorStateStore store, String name) throws Exception {
    super(share, store, name, ModelItems.class);
  }

  /** Counts a batch whose items have been added. */
  void count(ModelDeltas model) {
    if (share.replica().leads()) {
      share.replica().offline().add(model.arrived());
    }
    int items = 0;
    for (String itemId : model.deltas().itemIds()) {
      items += share.isOwn(itemId) ? 1 : 0;
    }
    if (items > 0) {
      own.add(new ModelItems(model.version(), model.items(), items));
    }
  }

  @Override
  void addToReplica(ModelItems part) {
    share.replica().offline().add(part);
  }

  @Override
  void addToShare(ModelItems part) {
    // Nobody can tell which items they were, but only their sum matters.
    if (share.isFirst()) {
      own.add(part);
    }
  }

  @Override
  List<ModelItems> copy() {
    return own.copy();
  }
}
