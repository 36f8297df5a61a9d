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
 * Nodes with their edges, the one that was touched last in front: a part of one side of the graph
 * with a lock of its own, held for one edge or one draw.
 *
 * <p>Nodes whose newest edge has left the window are at the back, and go when another is touched:
 * nobody looks for them. The same end loses a node where there are too many nodes or bytes.
 */
final class NodeTable {
  /** A node beside its arrays: objects, headers, slot, and an entry of a hash table 3/8 full. */
  static final int NODE_BYTES = 40 + 3 * 16 + 24 * 3 / 2 + 12 * 8 / 3;

  static final int EDGE_BYTES = 16;

  private static final int NONE = -1;
  private static final int FIRST_CAPACITY = 16;

  private final long windowMillis;
  private final int maxNodes;
  private final long maxBytes;
  private final int maxEdges;

  private final Long2IntOpenHashMap slots = new Long2IntOpenHashMap();
  private NodeEdges[] edges = new NodeEdges[FIRST_CAPACITY];
  private long[] hashes = new long[FIRST_CAPACITY];
  private int[] newer = new int[FIRST_CAPACITY];
  private int[] older = new int[FIRST_CAPACITY];
  private int newest = NONE;
  private int oldest = NONE;
  private int used;
  private int firstFree = NONE;
  private long bytes;
  private long edgeCount;
  private long newestMillis = Long.MIN_VALUE;

  NodeTable(long windowMillis, int maxNodes, long maxBytes, int maxEdges) {
    this.windowMillis = windowMillis;
    this.maxNodes = maxNodes;
    this.maxBytes = maxBytes;
    this.maxEdges = maxEdges;
    slots.defaultReturnValue(NONE);
  }

  synchronized boolean put(long node, long neighbor, long stamp) {
    long at = Edges.millis(stamp);
    newestMillis = Math.max(newestMillis, at);
    if (at <= newestMillis - windowMillis) {
      return false;
    }
    int slot = slots.get(node);
    if (slot == NONE) {
      slot = admit(node);
    } else {
      unlink(slot);
    }
    linkInFront(slot);
    NodeEdges held = edges[slot];
    bytes -= bytes(held);
    edgeCount -= held.count;
    boolean isNew = held.put(neighbor, null, stamp, maxEdges);
    held.dropBefore(held.newestMillis() - windowMillis + 1);
    edgeCount += held.count;
    bytes += bytes(held);
    trim();
    return isNew;
  }

  private void trim() {
    while (oldest != newest
        && (slots.size() > maxNodes
            || bytes > maxBytes
            || edges[oldest].newestMillis() <= newestMillis - windowMillis)) {
      remove(oldest);
    }
  }

  private int admit(long node) {
    int slot = firstFree;
    if (slot == NONE) {
      if (used == hashes.length) {
        int capacity = used + used / 2;
        edges = Arrays.copyOf(edges, capacity);
        hashes = Arrays.copyOf(hashes, capacity);
        newer = Arrays.copyOf(newer, capacity);
        older = Arrays.copyOf(older, capacity);
      }
      slot = used++;
    } else {
      firstFree = older[slot];
    }
    edges[slot] = new NodeEdges();
    hashes[slot] = node;
    slots.put(node, slot);
    bytes += bytes(edges[slot]);
    return slot;
  }

  private void remove(int slot) {
    unlink(slot);
    slots.remove(hashes[slot]);
    bytes -= bytes(edges[slot]);
    edgeCount -= edges[slot].count;
    edges[slot] = null;
    older[slot] = firstFree;
    firstFree = slot;
  }

  private void unlink(int slot) {
    if (newer[slot] == NONE) {
      newest = older[slot];
    } else {
      older[newer[slot]] = older[slot];
    }
    if (older[slot] == NONE) {
      oldest = newer[slot];
    } else {
      newer[older[slot]] = newer[slot];
    }
  }

  private void linkInFront(int slot) {
    newer[slot] = NONE;
    older[slot] = newest;
    if (newest == NONE) {
      oldest = slot;
    } else {
      newer[newest] = slot;
    }
    newest = slot;
  }

  private static long bytes(NodeEdges node) {
    return NODE_BYTES + (long) EDGE_BYTES * node.neighbors.length;
  }

  /** Draws a neighbour into {@code drawn}, or says that there is none. */
  synchronized boolean draw(
      long node, EdgeDraw draw, long atMillis, long excluded, WalkRandom random, long[] drawn) {
    int slot = slots.get(node);
    if (slot == NONE) {
      return false;
    }
    int index = draw.draw(edges[slot], atMillis, excluded, random);
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
   * Estimates how many edges of a span a node has: where only the newest are kept, from how dense
   * in time they are.
   */
  synchronized double degree(long node, long fromMillis, long toMillis) {
    int slot = slots.get(node);
    if (slot == NONE) {
      return 0;
    }
    NodeEdges held = edges[slot];
    int first = held.firstAtOrAfter(fromMillis);
    int live = held.endOf(toMillis) - first;
    if (live < maxEdges || live < 2) {
      return Math.max(0, live);
    }
    double seen = toMillis - Edges.millis(held.stamps[first]) + 1.0;
    return live * Math.max(1, (toMillis - fromMillis + 1.0) / seen);
  }

  /** Hands out copies of the nodes that are wanted, the one that was touched first in front. */
  synchronized void forEach(LongPredicate wanted, Consumer<GraphNode> visitor, boolean isUser) {
    for (int slot = oldest; slot != NONE; slot = newer[slot]) {
      if (!wanted.test(hashes[slot])) {
        continue;
      }
      NodeEdges held = edges[slot];
      visitor.accept(
          new GraphNode(
              isUser,
              hashes[slot],
              Arrays.copyOf(held.neighbors, held.count),
              Arrays.copyOf(held.stamps, held.count)));
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
