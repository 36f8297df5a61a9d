/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.graph;

import java.util.Arrays;

/**
 * The newest edges of one node, oldest first: one per neighbour, that of the newest interaction.
 * Flink POJO.
 *
 * <p>What is kept does not depend on the order in which edges come, nor on how often: it is always
 * the newest of all that came, with equal times ordered by weight and hash. So edges may be
 * delivered again, and may reach a node on several ways.
 *
 * <p>16 bytes per place and about 64 for the node; places grow by half. Not thread-safe.
 */
public class NodeEdges {
  /** Hashes of the neighbours; {@code neighbors[0..count)} are in use, the newest last. */
  public long[] neighbors = new long[2];

  /** Time and weight of each edge, see {@link Edges}. */
  public long[] stamps = new long[2];

  /** Ids of the neighbours, or empty where only hashes are kept. */
  public String[] ids = new String[0];

  /** How many edges there are. */
  public int count;

  /** Weight of the heaviest edge; 0 without edges. */
  public float maxWeight;

  /** Makes a node without edges. */
  public NodeEdges() {}

  /**
   * Adds an edge, or renews it.
   *
   * @param neighbor hash of the node at the other end
   * @param id of that node, or null where only hashes are kept, always the same way
   * @param stamp of the edge
   * @param maxEdges how many are kept, at least 1; the oldest go first
   * @return whether it is kept and was not there yet, or only older
   * @implNote O(edges kept).
   */
  public boolean put(long neighbor, String id, long stamp, int maxEdges) {
    if (count > maxEdges) {
      // The bound was higher when these were kept.
      remove(0, count - maxEdges);
    }
    int known = indexOf(neighbor);
    if (known >= 0) {
      if (stamps[known] >= stamp) {
        return false;
      }
      remove(known, known + 1);
    } else if (count >= maxEdges) {
      if (!isBefore(0, neighbor, stamp)) {
        return false;
      }
      remove(0, 1);
    }
    insert(neighbor, id, stamp, maxEdges);
    maxWeight = Math.max(maxWeight, Edges.weight(stamp));
    return true;
  }

  private int indexOf(long neighbor) {
    for (int i = 0; i < count; i++) {
      if (neighbors[i] == neighbor) {
        return i;
      }
    }
    return -1;
  }

  private boolean isBefore(int index, long neighbor, long stamp) {
    return stamps[index] < stamp || stamps[index] == stamp && neighbors[index] < neighbor;
  }

  private void insert(long neighbor, String id, long stamp, int maxEdges) {
    if (id != null && ids.length != neighbors.length) {
      ids = Arrays.copyOf(ids, neighbors.length);
    }
    if (count == neighbors.length) {
      int places = Math.max(count + 1, Math.min(maxEdges, count + (count + 1) / 2));
      neighbors = Arrays.copyOf(neighbors, places);
      stamps = Arrays.copyOf(stamps, places);
      ids = id == null ? ids : Arrays.copyOf(ids, places);
    }
    int at = count;
    while (at > 0 && !isBefore(at - 1, neighbor, stamp)) {
      at--;
    }
    System.arraycopy(neighbors, at, neighbors, at + 1, count - at);
    System.arraycopy(stamps, at, stamps, at + 1, count - at);
    neighbors[at] = neighbor;
    stamps[at] = stamp;
    if (id != null) {
      System.arraycopy(ids, at, ids, at + 1, count - at);
      ids[at] = id;
    }
    count++;
  }

  private void remove(int from, int to) {
    boolean hasHeaviest = false;
    for (int i = from; i < to; i++) {
      hasHeaviest |= Edges.weight(stamps[i]) >= maxWeight;
    }
    System.arraycopy(neighbors, to, neighbors, from, count - to);
    System.arraycopy(stamps, to, stamps, from, count - to);
    if (ids.length > 0) {
      System.arraycopy(ids, to, ids, from, count - to);
      Arrays.fill(ids, count - (to - from), count, null);
    }
    count -= to - from;
    if (hasHeaviest) {
      maxWeight = heaviest();
    }
  }

  /** Mostly many edges have the largest weight, and the first look finds it. */
  private float heaviest() {
    float heaviest = 0;
    for (int i = count - 1; i >= 0 && heaviest < maxWeight; i--) {
      heaviest = Math.max(heaviest, Edges.weight(stamps[i]));
    }
    return heaviest;
  }

  /**
   * Lets go of the edges before a time.
   *
   * @param fromMillis event time of the oldest that stay
   * @implNote O(log edges), and O(edges) if there is something to let go.
   */
  public void dropBefore(long fromMillis) {
    int first = firstAtOrAfter(fromMillis);
    if (first > 0) {
      remove(0, first);
    }
  }

  /**
   * Finds where a time begins, without a scan: mostly every edge is young enough.
   *
   * @param fromMillis event time
   * @return index of the oldest edge that is not older, or {@code count}
   */
  public int firstAtOrAfter(long fromMillis) {
    long first = Edges.first(fromMillis);
    if (count == 0 || stamps[0] >= first) {
      return 0;
    }
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (stamps[middle] < first) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Finds where a time ends.
   *
   * @param toMillis event time
   * @return index behind the newest edge that is not newer
   */
  public int endOf(long toMillis) {
    return count == 0 || Edges.millis(stamps[count - 1]) <= toMillis
        ? count
        : firstAtOrAfter(toMillis + 1);
  }

  /**
   * Gives the event time of the newest edge.
   *
   * @return milliseconds
   * @throws IndexOutOfBoundsException if there is none
   */
  public long newestMillis() {
    return Edges.millis(newestStamp());
  }

  long newestStamp() {
    return stamps[count - 1];
  }
}
