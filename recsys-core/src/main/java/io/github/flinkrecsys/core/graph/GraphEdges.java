/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.graph;

import java.util.Arrays;

/**
 * Edges on their way to every replica. Adding them twice is adding them once.
 *
 * @param origin replica that has them already
 * @param users hashes of the users' ids
 * @param items hashes of the items' ids
 * @param stamps time and weight of each edge, see {@link Edges}
 */
public record GraphEdges(long origin, long[] users, long[] items, long[] stamps) {

  @Override
  public boolean equals(Object other) {
    return other instanceof GraphEdges that
        && origin == that.origin
        && Arrays.equals(users, that.users)
        && Arrays.equals(items, that.items)
        && Arrays.equals(stamps, that.stamps);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(users) + Arrays.hashCode(stamps);
  }

  @Override
  public String toString() {
    return "GraphEdges[origin=" + origin + ", edges=" + stamps.length + "]";
  }
}
