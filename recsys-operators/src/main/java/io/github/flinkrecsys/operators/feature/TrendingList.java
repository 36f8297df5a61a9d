/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.feature;

import java.util.Arrays;

/**
 * The items that lead: what to show to somebody of whom nothing is known.
 *
 * @param scope of the list, for example "all" or a category
 * @param asOfMillis event time of the newest interaction
 * @param itemIds best first; equal counts in the order of ids
 * @param counts decayed counts as of {@code asOfMillis}
 */
public record TrendingList(String scope, long asOfMillis, String[] itemIds, double[] counts) {
  @Override
  public boolean equals(Object other) {
    return other instanceof TrendingList that
        && scope.equals(that.scope)
        && asOfMillis == that.asOfMillis
        && Arrays.equals(itemIds, that.itemIds)
        && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * scope.hashCode() + Arrays.hashCode(itemIds);
  }

  @Override
  public String toString() {
    return "TrendingList[" + scope + ": " + Arrays.toString(itemIds) + "]";
  }
}
