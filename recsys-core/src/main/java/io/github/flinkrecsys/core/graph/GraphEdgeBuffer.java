/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.graph;

import java.util.Arrays;

/** Edges since the last flush. Belongs to one thread. */
public final class GraphEdgeBuffer {
  private long[] users = new long[64];
  private long[] items = new long[64];
  private long[] stamps = new long[64];
  private int count;

  /** Makes an empty buffer. */
  public GraphEdgeBuffer() {}

  /**
   * Tells whether there is nothing to send.
   *
   * @return true if nothing was added since the last {@link #clear}
   */
  public boolean isEmpty() {
    return count == 0;
  }

  /**
   * Adds an edge.
   *
   * @param user hash of the user's id
   * @param item hash of the item's id
   * @param stamp time and weight, see {@link Edges}
   */
  public void add(long user, long item, long stamp) {
    if (count == users.length) {
      users = Arrays.copyOf(users, count * 2);
      items = Arrays.copyOf(items, count * 2);
      stamps = Arrays.copyOf(stamps, count * 2);
    }
    users[count] = user;
    items[count] = item;
    stamps[count++] = stamp;
  }

  /**
   * Copies what was gathered.
   *
   * @param origin of the replica that has it already
   * @return everything since the last {@link #clear}
   */
  public GraphEdges copy(long origin) {
    return new GraphEdges(
        origin,
        Arrays.copyOf(users, count),
        Arrays.copyOf(items, count),
        Arrays.copyOf(stamps, count));
  }

  /** Forgets everything; keeps the memory for the next flush. */
  public void clear() {
    count = 0;
  }
}
