/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.graph;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * Nodes with their edges: a part of one side of the graph with a lock of its own, held for one edge
 * or one draw.
 *
 * <p>Nodes whose newest edge has left the window are in front of the queue, and go when another
 * gets an edge: nobody looks for them. The same end loses a node where there are too many nodes or
 * bytes.
 */
final class NodeTable {
  /** A node beside its arrays: objects, headers, slot, and an entry of a hash table 3/8 full. */
  private static final int NODE_BYTES =
      40 + 3 * 16 + (8 + NodeQueue.SLOT_BYTES) * 3 / 2 + 12 * 8 / 3;

  private static final int EDGE_BYTES = 16;

  private static final int NONE = -1;
  private static final int FIRST_CAPACITY = 16;

  private final int maxNodes;
  private final long maxBytes;
  private final int maxEdges;

  private final Long2IntOpenHashMap slots = new Long2IntOpenHashMap();
  private final NodeQueue queue = new NodeQueue();
  private NodeEdges[] edges = new NodeEdges[FIRST_CAPACITY];
  private long bytes;
  private long edgeCount;

  /** Makes an empty table; {@code maxBytes} must have room for a node with {@code maxEdges}. */
  NodeTable(int maxNodes, long maxBytes, int maxEdges) {
    this.maxNodes = maxNodes;
    this.maxBytes = maxBytes;
    this.maxEdges = maxEdges;
    slots.defaultReturnValue(NONE);
  }

  /** What a node takes that has places for so many edges. */
  static long bytes(int places) {
    return NODE_BYTES + (long) EDGE_BYTES * places;
  }

  /** Adds an edge that is in the window, which begins at {@code fromMillis}. */
  synchronized void put(long node, long neighbor, long stamp, long fromMillis) {
    int slot = slots.get(node);
    NodeEdges held = slot == NONE ? new NodeEdges() : edges[slot];
    if (slot != NONE) {
      count(held, -1);
    }
    held.put(neighbor, null, stamp, maxEdges);
    held.dropBefore(fromMillis);
    count(held, 1);
    if (slot == NONE) {
      admit(node, held);
    }
    trim(fromMillis);
  }

  private void count(NodeEdges held, int sign) {
    bytes += sign * bytes(held.neighbors.length);
    edgeCount += sign * held.count;
  }

  private void admit(long node, NodeEdges held) {
    int slot = queue.add(node, held.newestStamp());
    if (slot == edges.length) {
      edges = Arrays.copyOf(edges, slot + slot / 2);
    }
    edges[slot] = held;
    slots.put(node, slot);
  }

  private void trim(long fromMillis) {
    while (queue.size() > maxNodes
        || bytes > maxBytes
        || queue.size() > 0 && Edges.millis(queue.frontStamp()) < fromMillis) {
      int slot = queue.slot(0);
      long stamp = edges[slot].newestStamp();
      if (stamp != queue.frontStamp()) {
        queue.renewFront(stamp);
        continue;
      }
      slots.remove(queue.node(slot));
      count(edges[slot], -1);
      edges[slot] = null;
      queue.removeFront();
    }
  }

  /** Draws a neighbour into {@code drawn}, or says that there is none. */
  synchronized boolean draw(
      long node,
      EdgeDraw draw,
      long fromMillis,
      long toMillis,
      long excluded,
      WalkRandom random,
      long[] drawn) {
    int slot = slots.get(node);
    if (slot == NONE) {
      return false;
    }
    int index = draw.draw(edges[slot], fromMillis, toMillis, excluded, random);
    if (index == EdgeDraw.NONE) {
      return false;
    }
    drawn[0] = edges[slot].neighbors[index];
    return true;
  }

  /** Copies the newest neighbours, newest first, of a span of time. */
  synchronized int newest(long node, long fromMillis, long toMillis, long[] into) {
    int slot = slots.get(node);
    if (slot == NONE) {
      return 0;
    }
    NodeEdges held = edges[slot];
    int first = held.firstAtOrAfter(fromMillis);
    int end = held.endOf(toMillis);
    int count = Math.max(0, Math.min(into.length, end - first));
    for (int i = 0; i < count; i++) {
      into[i] = held.neighbors[end - 1 - i];
    }
    return count;
  }

  /**
   * Estimates how many edges of a span a node has: where its oldest edge is of the span and others
   * may have been let go for newer ones, from how dense in time they are.
   */
  synchronized double degree(long node, long fromMillis, long toMillis) {
    int slot = slots.get(node);
    if (slot == NONE) {
      return 0;
    }
    NodeEdges held = edges[slot];
    int first = held.firstAtOrAfter(fromMillis);
    int live = held.endOf(toMillis) - first;
    if (first > 0 || held.count < maxEdges || live < 2) {
      return Math.max(0, live);
    }
    double seen = toMillis - Edges.millis(held.stamps[first]) + 1.0;
    return live * Math.max(1, (toMillis - fromMillis + 1.0) / seen);
  }

  /** Hands out copies of the nodes that are wanted and have edges in the window. */
  synchronized void forEach(
      LongPredicate wanted, long fromMillis, Consumer<GraphNode> visitor, boolean isUser) {
    for (int place = 0; place < queue.size(); place++) {
      int slot = queue.slot(place);
      NodeEdges held = edges[slot];
      int first = held.firstAtOrAfter(fromMillis);
      if (first < held.count && wanted.test(queue.node(slot))) {
        visitor.accept(
            new GraphNode(
                isUser,
                queue.node(slot),
                Arrays.copyOfRange(held.neighbors, first, held.count),
                Arrays.copyOfRange(held.stamps, first, held.count)));
      }
    }
  }

  synchronized int size() {
    return slots.size();
  }

  synchronized long edgeCount() {
    return edgeCount;
  }

  synchronized long bytes() {
    return bytes;
  }
}
