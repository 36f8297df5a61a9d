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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What sessions like the user's went on to. */
final class SessionSource implements CandidateSource {
  /** An id that no item has: it holds the place of an item that the replica did not admit. */
  private static final String UNKNOWN = "";

  private final ItemReplica items;
  private final SessionNeighbors neighbors;
  private final int count;
  private final long gapMillis;
  private final List<String> itemIds = new ArrayList<>();

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
      int slot = items.slot(next.itemId());
      if (slot >= 0) {
        into.add(slot, next.score(), items.slot(next.becauseItemId()));
      }
    }
  }
}
