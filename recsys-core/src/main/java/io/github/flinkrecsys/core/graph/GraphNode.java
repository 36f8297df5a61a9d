/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.graph;

import java.util.Arrays;

/**
 * A node of the graph with its edges, as checkpoints hold it.
 *
 * @param isUser whether it is a user, else an item
 * @param node hash of the id
 * @param neighbors hashes of the nodes at the other ends
 * @param stamps time and weight of each edge, see {@link Edges}, oldest first
 */
public record GraphNode(boolean isUser, long node, long[] neighbors, long[] stamps) {

  /**
   * Lets go of the edges before a time.
   *
   * @param fromMillis event time of the oldest that stay, as {@link GraphConfig#fromMillis} gives
   *     it
   * @return a node with the others, of which there may be none
   */
  public GraphNode since(long fromMillis) {
    int first = 0;
    while (first < stamps.length && Edges.millis(stamps[first]) < fromMillis) {
      first++;
    }
    return new GraphNode(
        isUser,
        node,
        Arrays.copyOfRange(neighbors, first, neighbors.length),
        Arrays.copyOfRange(stamps, first, stamps.length));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GraphNode that
        && isUser == that.isUser
        && node == that.node
        && Arrays.equals(neighbors, that.neighbors)
        && Arrays.equals(stamps, that.stamps);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(node) * 31 + Arrays.hashCode(stamps);
  }

  @Override
  public String toString() {
    return "GraphNode[" + (isUser ? "user " : "item ") + node + ", edges=" + neighbors.length + "]";
  }
}
