/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.graph;

import io.github.flinkrecsys.core.event.ConfidenceWeights;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.graph.Edges;
import io.github.flinkrecsys.core.util.Hashes;

/**
 * An interaction on its way to the two nodes that it connects.
 *
 * @param user hash of the user's id
 * @param item hash of the item's id
 * @param itemId of the item
 * @param stamp time and weight, see {@link Edges}
 */
public record GraphEdge(long user, long item, String itemId, long stamp) {
  /**
   * Makes the edge of an interaction.
   *
   * @param interaction valid
   * @param weights by type
   * @return the edge, or null if interactions of the type do not count
   */
  public static GraphEdge of(Interaction interaction, ConfidenceWeights weights) {
    float weight = weights.of(interaction.type());
    return weight == 0
        ? null
        : new GraphEdge(
            Hashes.hash(interaction.userId()),
            Hashes.hash(interaction.itemId()),
            interaction.itemId(),
            Edges.stamp(interaction.timestampMillis(), weight));
  }
}
