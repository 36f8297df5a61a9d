/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.replica;

import io.github.flinkrecsys.core.feature.DecayedCount;
import java.util.Arrays;

/**
 * What one flush adds to items: sums, which commute, so that every receiver may add them in any
 * order.
 *
 * @param origin replica that holds these sums already
 * @param gatheredAtMillis wall-clock time of the oldest step in it
 * @param itemIds items, each at most once
 * @param values per item its factor deltas, then its bias delta
 * @param updates per item the number of interactions in the sums
 * @param popularity per item a {@link DecayedCount} in its stored form
 * @param ratingSum sum of the explicit ratings
 * @param ratingCount number of the explicit ratings
 */
public record ItemDeltas(
    long origin,
    long gatheredAtMillis,
    String[] itemIds,
    float[] values,
    long[] updates,
    double[] popularity,
    double ratingSum,
    long ratingCount) {

  /**
   * Checks that the rows have the length that a model expects.
   *
   * @param factors of the model
   * @throws IllegalArgumentException if they do not: the sums were written with another
   *     configuration
   */
  public void checkFactors(int factors) {
    if (values.length != itemIds.length * (factors + 1)) {
      throw new IllegalArgumentException(
          "factors must be what the deltas were written with, "
              + (values.length / Math.max(1, itemIds.length) - 1)
              + ", got "
              + factors);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ItemDeltas that
        && origin == that.origin
        && gatheredAtMillis == that.gatheredAtMillis
        && Arrays.equals(itemIds, that.itemIds)
        && Arrays.equals(values, that.values)
        && Arrays.equals(updates, that.updates)
        && Arrays.equals(popularity, that.popularity)
        && ratingSum == that.ratingSum
        && ratingCount == that.ratingCount;
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(itemIds) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "ItemDeltas[origin=" + origin + ", items=" + itemIds.length + "]";
  }
}
