/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.graph;

import io.github.flinkrecsys.core.util.Hashes;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/** All users of the graph, or all items, in parts by hash. */
final class GraphSide {
  /** Parts, where there are nodes enough: few threads then meet at one lock. */
  private static final int MAX_PARTS = 64;

  private static final int NODES_PER_PART = 256;

  /** Nodes with all the edges they may have for which a part has bytes, if there are several. */
  private static final int FULL_NODES_PER_PART = 16;

  private final NodeTable[] parts;
  private final boolean isUsers;

  GraphSide(boolean isUsers, GraphConfig config) {
    this.isUsers = isUsers;
    int maxNodes = isUsers ? config.maxUsers() : config.maxItems();
    int maxEdges = isUsers ? config.edgesPerUser() : config.edgesPerItem();
    long maxBytes = config.maxBytes() / 2;
    long byBytes = maxBytes / (FULL_NODES_PER_PART * NodeTable.bytes(maxEdges));
    long bound = Math.min(MAX_PARTS, Math.min(maxNodes / NODES_PER_PART, byBytes));
    int count = Integer.highestOneBit((int) Math.max(1, bound));
    parts = new NodeTable[count];
    Arrays.setAll(parts, p -> new NodeTable(maxNodes / count, maxBytes / count, maxEdges));
  }

  private NodeTable part(long node) {
    return parts[(int) (Hashes.mix(node) & parts.length - 1)];
  }

  void put(long node, long neighbor, long stamp, long fromMillis) {
    part(node).put(node, neighbor, stamp, fromMillis);
  }

  boolean draw(
      long node,
      EdgeDraw draw,
      long fromMillis,
      long toMillis,
      long excluded,
      WalkRandom random,
      long[] drawn) {
    return part(node).draw(node, draw, fromMillis, toMillis, excluded, random, drawn);
  }

  int newest(long node, long fromMillis, long toMillis, long[] into) {
    return part(node).newest(node, fromMillis, toMillis, into);
  }

  double degree(long node, long fromMillis, long toMillis) {
    return part(node).degree(node, fromMillis, toMillis);
  }

  void forEach(LongPredicate wanted, long fromMillis, Consumer<GraphNode> visitor) {
    for (NodeTable part : parts) {
      part.forEach(wanted, fromMillis, visitor, isUsers);
    }
  }

  int size() {
    return Arrays.stream(parts).mapToInt(NodeTable::size).sum();
  }

  long edgeCount() {
    return Arrays.stream(parts).mapToLong(NodeTable::edgeCount).sum();
  }

  long bytes() {
    return Arrays.stream(parts).mapToLong(NodeTable::bytes).sum();
  }
}
