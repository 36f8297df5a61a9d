/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.neighbor;

import java.util.Arrays;

/**
 * An item's neighbours, best first by the sum of both similarities.
 *
 * @param itemId whose neighbours
 * @param timestampMillis event time as of which they are
 * @param neighborIds the items
 * @param forward similarity of each by the pairs in which it came later
 * @param backward similarity of each by the pairs in which it came earlier
 */
public record SimilarItems(
    String itemId, long timestampMillis, String[] neighborIds, float[] forward, float[] backward) {

  @Override
  public boolean equals(Object other) {
    return other instanceof SimilarItems that
        && itemId.equals(that.itemId)
        && timestampMillis == that.timestampMillis
        && Arrays.equals(neighborIds, that.neighborIds)
        && Arrays.equals(forward, that.forward)
        && Arrays.equals(backward, that.backward);
  }

  @Override
  public int hashCode() {
    return 31 * itemId.hashCode() + Arrays.hashCode(neighborIds);
  }

  @Override
  public String toString() {
    return "SimilarItems[itemId=" + itemId + ", neighborIds=" + Arrays.toString(neighborIds) + "]";
  }
}
