/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.catalog.CatalogConfig;
import io.github.flinkrecsys.core.catalog.ContentIndex;
import io.github.flinkrecsys.core.catalog.Trends;
import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.graph.GraphConfig;
import io.github.flinkrecsys.core.graph.InteractionGraph;
import io.github.flinkrecsys.core.neighbor.ItemNeighbors;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import io.github.flinkrecsys.core.neighbor.SessionIndex;
import io.github.flinkrecsys.core.neighbor.SessionIndexConfig;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.replica.ModelProgress;

/**
 * All that is known of the items: what rankers read. Shared by threads.
 *
 * @param items factors, popularity, metadata
 * @param decay of popularity
 * @param neighbors of the items; none are read if their bound is 0
 * @param sessions that have closed; none are read if their bound is 0
 * @param trends what trends; not read if its size is 0
 * @param content which items share attributes; not read if it has none
 * @param blend what has been learned about blend weights
 * @param graph of users and items; not walked if it is off
 * @param offline which offline models have arrived
 */
public record ItemModels(
    ItemReplica items,
    DecayedCount decay,
    ItemNeighbors neighbors,
    SessionIndex sessions,
    Trends trends,
    ContentIndex content,
    BlendWeights blend,
    InteractionGraph graph,
    ModelProgress offline) {

  /**
   * Makes models without neighbours.
   *
   * @param items factors, popularity, metadata
   * @param decay of popularity
   * @return models of which the others are empty
   */
  public static ItemModels of(ItemReplica items, DecayedCount decay) {
    return of(items, decay, new ItemNeighbors(NeighborConfig.NONE, items, decay));
  }

  /**
   * Makes models without sessions.
   *
   * @param items factors, popularity, metadata
   * @param decay of popularity
   * @param neighbors of the items
   * @return models of which the others are empty
   */
  public static ItemModels of(ItemReplica items, DecayedCount decay, ItemNeighbors neighbors) {
    return new ItemModels(
        items,
        decay,
        neighbors,
        new SessionIndex(SessionIndexConfig.NONE),
        new Trends(CatalogConfig.NONE, items),
        new ContentIndex(CatalogConfig.NONE, items),
        new BlendWeights(),
        new InteractionGraph(GraphConfig.NONE),
        new ModelProgress());
  }
}
