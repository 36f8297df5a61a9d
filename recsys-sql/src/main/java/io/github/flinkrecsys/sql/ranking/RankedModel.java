/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.ranking;

import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.neighbor.ItemNeighbors;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import io.github.flinkrecsys.core.neighbor.NeighborRows;
import io.github.flinkrecsys.core.ranking.ItemModels;
import io.github.flinkrecsys.core.ranking.Ranker;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.ranking.UserHistory;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.replica.ReplicaConfig;
import io.github.flinkrecsys.sql.factorization.ItemState;
import java.util.Map;
import org.apache.flink.table.api.dataview.MapView;

/** The items of one partition in memory, and a ranker of them. */
final class RankedModel {
  /** TOP_K takes every item that FACTORIZE has admitted. */
  private static final int MAX_ITEMS = 1 << 28;

  final ItemReplica items;
  final Ranker ranker;
  private final ItemNeighbors neighbors;
  private final int[] recentSlots;

  RankedModel(
      RankingConfig ranking, NeighborConfig neighborConfig, DecayedCount decay, int factors) {
    items = new ItemReplica(new ReplicaConfig(factors, 0, 0, MAX_ITEMS));
    neighbors = new ItemNeighbors(neighborConfig, items, decay);
    ranker = new Ranker(ranking, ItemModels.of(items, decay, neighbors));
    recentSlots = new int[neighborConfig.window()];
  }

  void restore(MapView<String, ItemState> states, MapView<String, NeighborRows> lists)
      throws Exception {
    ItemState.restore(states, items);
    for (Map.Entry<String, NeighborRows> list : lists.entries()) {
      neighbors.restore(list.getValue(), slot -> true);
    }
  }

  void put(String itemId, float[] vector, double popularity, MapView<String, ItemState> states)
      throws Exception {
    int slot = items.admitForeign(itemId);
    items.put(slot, vector, popularity);
    states.put(itemId, ItemState.of(items, slot));
  }

  /** Counts which items the user's item follows. */
  void follow(
      String itemId, long atMillis, UserHistory history, MapView<String, NeighborRows> lists)
      throws Exception {
    int slot = items.slot(itemId);
    if (slot < 0 || neighbors.config().maxNeighbors() == 0) {
      return;
    }
    int count = neighbors.slotsOf(history.recent, recentSlots);
    // Without a pair too: the item counts more than before.
    neighbors.learn(slot, recentSlots, count, 1, atMillis);
    if (count == 0) {
      return;
    }
    save(slot, lists);
    for (int i = 0; i < count; i++) {
      if (recentSlots[i] != slot) {
        save(recentSlots[i], lists);
      }
    }
  }

  private void save(int slot, MapView<String, NeighborRows> lists) throws Exception {
    NeighborRows list = neighbors.copy(slot);
    if (list != null) {
      lists.put(items.id(slot), list);
    }
  }
}
