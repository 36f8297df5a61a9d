/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.graph.GraphWalk;
import io.github.flinkrecsys.core.graph.InteractionGraph;
import io.github.flinkrecsys.core.graph.WalkConfig;
import io.github.flinkrecsys.core.replica.ItemReplica;

/**
 * What random walks from the user's recent items come past, in the graph of users and items. The
 * reason is the recent item from which most walks came: the two share users.
 */
final class GraphWalkSource implements CandidateSource {
  private static final long[] NO_ITEMS = {};

  private final ItemReplica items;
  private final GraphWalk walk;

  GraphWalkSource(ItemReplica items, InteractionGraph graph, WalkConfig config) {
    this.items = items;
    this.walk = new GraphWalk(graph, config);
  }

  @Override
  public String name() {
    return Sources.GRAPH_WALK;
  }

  @Override
  public void retrieve(RankingContext context, Candidates into) {
    boolean hasRecent = context.recent() != null;
    walk.walk(
        context.userHash(),
        !context.byItems(),
        hasRecent ? context.recent().hashes : NO_ITEMS,
        hasRecent ? context.recent().count : 0,
        context.atMillis(),
        (item, score, because) -> {
          int slot = items.slotOfHash(item);
          if (slot >= 0) {
            into.add(slot, score, items.slotOfHash(because));
          }
        });
  }
}
