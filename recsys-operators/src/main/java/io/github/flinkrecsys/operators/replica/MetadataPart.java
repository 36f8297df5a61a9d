/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.replica;

import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.replica.ItemReplica;
import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.OperatorStateStore;

/** What is known of items beside interactions. */
final class MetadataPart extends ReplicaPart<ItemMetadata> {
  private final Int2ObjectOpenHashMap<ItemMetadata> own = new Int2ObjectOpenHashMap<>();

  MetadataPart(ReplicaShare share, OperatorStateStore store, String name) throws Exception {
    super(share, store, name, ItemMetadata.class);
  }

  /** Puts an item's metadata; tells whether the replica had no room for the item. */
  boolean put(ItemMetadata metadata) {
    boolean hasNoRoom = share.replica().leads() && !putIntoReplica(metadata);
    addToShare(metadata);
    return hasNoRoom;
  }

  @Override
  void addToReplica(ItemMetadata metadata) {
    putIntoReplica(metadata);
  }

  private boolean putIntoReplica(ItemMetadata metadata) {
    ItemReplica items = share.replica().items();
    int slot = items.admit(metadata.itemId());
    if (slot < 0) {
      return false;
    }
    ItemMetadata before = items.metadata(slot);
    items.putMetadata(metadata);
    share.replica().models().content().put(slot, before, items.metadata(slot));
    return true;
  }

  @Override
  void addToShare(ItemMetadata metadata) {
    int slot = share.replica().items().admit(metadata.itemId());
    if (slot >= 0 && share.isOwn(slot) && metadata.replaces(own.get(slot))) {
      own.put(slot, metadata);
    }
  }

  @Override
  List<ItemMetadata> copy() {
    return new ArrayList<>(own.values());
  }
}
