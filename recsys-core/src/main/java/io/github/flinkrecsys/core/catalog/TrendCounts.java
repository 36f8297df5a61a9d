/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.catalog;

import java.util.Arrays;

/**
 * Counted interactions by item: sums, which commute.
 *
 * @param origin replica that holds these sums already
 * @param itemIds which items
 * @param counts of each, in the stored form of {@link
 *     io.github.flinkrecsys.core.feature.DecayedCount}
 */
public record TrendCounts(long origin, String[] itemIds, double[] counts) {

  @Override
  public boolean equals(Object other) {
    return other instanceof TrendCounts that
        && origin == that.origin
        && Arrays.equals(itemIds, that.itemIds)
        && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(itemIds) + Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return "TrendCounts[origin="
        + origin
        + ", itemIds="
        + Arrays.toString(itemIds)
        + ", counts="
        + Arrays.toString(counts)
        + "]";
  }
}
