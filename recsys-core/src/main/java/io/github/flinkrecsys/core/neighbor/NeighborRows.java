/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.neighbor;

import java.util.Arrays;

/**
 * Neighbour lists of some items, as a checkpoint holds them.
 *
 * @param itemIds items and neighbours, each once
 * @param rows one after the other: the index of an item, how many neighbours it has, their indexes
 * @param landmarksMillis per row the event time as of which its weights are
 * @param weights per neighbour its forward weight, backward weight and possible error
 */
public record NeighborRows(String[] itemIds, int[] rows, long[] landmarksMillis, float[] weights) {

  @Override
  public boolean equals(Object other) {
    return other instanceof NeighborRows that
        && Arrays.equals(itemIds, that.itemIds)
        && Arrays.equals(rows, that.rows)
        && Arrays.equals(landmarksMillis, that.landmarksMillis)
        && Arrays.equals(weights, that.weights);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(itemIds) + Arrays.hashCode(rows);
  }

  @Override
  public String toString() {
    return "NeighborRows[rows=" + landmarksMillis.length + "]";
  }
}
