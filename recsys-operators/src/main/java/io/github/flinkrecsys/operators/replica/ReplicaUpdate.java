/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.replica;

import io.github.flinkrecsys.core.catalog.TrendCounts;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.graph.GraphEdges;
import io.github.flinkrecsys.core.neighbor.CoOccurrences;
import io.github.flinkrecsys.core.neighbor.IndexedSession;
import io.github.flinkrecsys.core.ranking.BlendDeltas;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import io.github.flinkrecsys.core.replica.ModelDeltas;

/**
 * One change of the item side, on its way to every replica. Exactly one component is not null.
 *
 * @param deltas sums to be added
 * @param coOccurrences to be counted
 * @param blend changes of blend weights, to be added
 * @param metadata of one item
 * @param session that has closed
 * @param trends counts to be added
 * @param model items of an offline model
 * @param edges of the graph, to be added
 */
public record ReplicaUpdate(
    ItemDeltas deltas,
    CoOccurrences coOccurrences,
    BlendDeltas blend,
    ItemMetadata metadata,
    IndexedSession session,
    TrendCounts trends,
    ModelDeltas model,
    GraphEdges edges) {
  /**
   * Wraps deltas.
   *
   * @param deltas sums to be added
   * @return the update
   */
  public static ReplicaUpdate of(ItemDeltas deltas) {
    return new ReplicaUpdate(deltas, null, null, null, null, null, null, null);
  }

  /**
   * Wraps co-occurrences.
   *
   * @param coOccurrences to be counted
   * @return the update
   */
  public static ReplicaUpdate of(CoOccurrences coOccurrences) {
    return new ReplicaUpdate(null, coOccurrences, null, null, null, null, null, null);
  }

  /**
   * Wraps changes of blend weights.
   *
   * @param blend to be added
   * @return the update
   */
  public static ReplicaUpdate of(BlendDeltas blend) {
    return new ReplicaUpdate(null, null, blend, null, null, null, null, null);
  }

  /**
   * Wraps metadata.
   *
   * @param metadata of one item
   * @return the update
   */
  public static ReplicaUpdate of(ItemMetadata metadata) {
    return new ReplicaUpdate(null, null, null, metadata, null, null, null, null);
  }

  /**
   * Wraps a session.
   *
   * @param session that has closed
   * @return the update
   */
  public static ReplicaUpdate of(IndexedSession session) {
    return new ReplicaUpdate(null, null, null, null, session, null, null, null);
  }

  /**
   * Wraps counts of what trends.
   *
   * @param trends to be added
   * @return the update
   */
  public static ReplicaUpdate of(TrendCounts trends) {
    return new ReplicaUpdate(null, null, null, null, null, trends, null, null);
  }

  /**
   * Wraps items of an offline model.
   *
   * @param model items to be moved
   * @return the update
   */
  public static ReplicaUpdate of(ModelDeltas model) {
    return new ReplicaUpdate(null, null, null, null, null, null, model, null);
  }

  /**
   * Wraps edges.
   *
   * @param edges of the graph, to be added
   * @return the update
   */
  public static ReplicaUpdate of(GraphEdges edges) {
    return new ReplicaUpdate(null, null, null, null, null, null, null, edges);
  }
}
