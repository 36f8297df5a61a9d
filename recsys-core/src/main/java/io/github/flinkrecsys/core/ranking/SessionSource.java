/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.neighbor.NextItem;
import io.github.flinkrecsys.core.neighbor.SessionIndex;
import io.github.flinkrecsys.core.neighbor.SessionNeighborConfig;
import io.github.flinkrecsys.core.neighbor.SessionNeighbors;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.session.OpenSession;
import it.unimi.dsi.fastutil.objects.Reference2IntOpenHashMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What sessions like the user's went on to. */
final class SessionSource implements CandidateSource {
  /** An id that no item has: it holds the place of an item that the replica did not admit. */
  private static final String UNKNOWN = "";

  private static final int MAX_KEPT_IDS = 100_000;

  private final ItemReplica items;
  private final SessionNeighbors neighbors;
  private final int count;
  private final long gapMillis;
  private final List<String> itemIds = new ArrayList<>();

  /** Slots by the very strings of the index, which saves their hashes. */
  private final Reference2IntOpenHashMap<String> slotOfId = new Reference2IntOpenHashMap<>();

  SessionSource(
      ItemReplica items,
      SessionIndex index,
      SessionNeighborConfig config,
      int count,
      Duration gap) {
    this.gapMillis = gap.toMillis();
    this.items = items;
    this.neighbors = new SessionNeighbors(index, config);
    this.count = count;
    this.slotOfId.defaultReturnValue(-1);
  }

  @Override
  public String name() {
    return Sources.SESSION_NEIGHBORS;
  }

  @Override
  public void retrieve(RankingContext context, Candidates into) {
    OpenSession session = context.session();
    if (session == null || session.count == 0) {
      return;
    }
    itemIds.clear();
    for (int i = 0; i < session.count; i++) {
      int slot = items.slotOfHash(session.hashes[i]);
      itemIds.add(slot < 0 ? UNKNOWN : items.id(slot));
    }
    for (NextItem next :
        neighbors.nextItems(itemIds, count, context.atMillis(), context.atMillis() - gapMillis)) {
      int slot = slot(next.itemId());
      if (slot >= 0) {
        into.add(slot, next.score(), slot(next.becauseItemId()));
      }
    }
  }

  /** A slot stays an item's, so only strings that the index has let go of are in the way. */
  private int slot(String itemId) {
    int slot = slotOfId.getInt(itemId);
    if (slot < 0) {
      slot = items.slot(itemId);
      if (slotOfId.size() > MAX_KEPT_IDS) {
        slotOfId.clear();
      }
      if (slot >= 0) {
        slotOfId.put(itemId, slot);
      }
    }
    return slot;
  }
}
