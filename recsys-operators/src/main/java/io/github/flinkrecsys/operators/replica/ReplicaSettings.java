/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.replica;

import io.github.flinkrecsys.core.catalog.CatalogConfig;
import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.graph.GraphConfig;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import io.github.flinkrecsys.core.neighbor.SessionIndexConfig;
import io.github.flinkrecsys.core.replica.ReplicaConfig;
import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;
import java.time.Duration;

/**
 * Which replica, of what shape. Writers and readers of a model take the same settings.
 *
 * @param model name of the model, unique within the job
 * @param items shape and bound
 * @param neighbors of items
 * @param sessions that are remembered
 * @param catalog what is kept of trends and content
 * @param graph of users and items that is kept
 * @param decay of popularity and of neighbours
 * @param readyTimeout how long a reader waits at start for the replica to be restored
 * @param scope who shares it
 */
public record ReplicaSettings(
    String model,
    ReplicaConfig items,
    NeighborConfig neighbors,
    SessionIndexConfig sessions,
    CatalogConfig catalog,
    GraphConfig graph,
    DecayedCount decay,
    Duration readyTimeout,
    ReplicaScope scope)
    implements Serializable {

  /**
   * Checks.
   *
   * @param model see the record
   * @param items see the record
   * @param neighbors see the record
   * @param sessions see the record
   * @param catalog see the record
   * @param graph see the record
   * @param decay see the record
   * @param readyTimeout see the record
   * @param scope see the record
   * @throws IllegalArgumentException if one is missing or out of range
   */
  public ReplicaSettings {
    Checks.notBlank("model", model);
    Checks.notNull("items", items);
    Checks.notNull("neighbors", neighbors);
    Checks.notNull("sessions", sessions);
    Checks.notNull("catalog", catalog);
    Checks.notNull("graph", graph);
    Checks.notNull("decay", decay);
    Checks.positive("readyTimeout", readyTimeout);
    Checks.notNull("scope", scope);
  }
}
