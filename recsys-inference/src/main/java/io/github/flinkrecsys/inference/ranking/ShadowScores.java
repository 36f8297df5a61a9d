/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import java.util.Arrays;

/**
 * What a version that is tried out gave for a record that another version served.
 *
 * @param key user of the list, or key of the vector
 * @param timestampMillis event time of the record
 * @param version that is tried out
 * @param servedVersion that served, 0 if none did and the record fell back
 * @param itemIds candidates in the order in which they came, empty for encoders
 * @param values what the model gave, row by row; may hold what is not a number
 */
public record ShadowScores(
    String key,
    long timestampMillis,
    long version,
    long servedVersion,
    String[] itemIds,
    float[] values) {
  @Override
  public boolean equals(Object other) {
    return other instanceof ShadowScores that
        && key.equals(that.key)
        && timestampMillis == that.timestampMillis
        && version == that.version
        && servedVersion == that.servedVersion
        && Arrays.equals(itemIds, that.itemIds)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * key.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "ShadowScores["
        + key
        + " at "
        + timestampMillis
        + ", version "
        + version
        + " beside "
        + servedVersion
        + ": "
        + Arrays.toString(itemIds)
        + " "
        + Arrays.toString(values)
        + "]";
  }
}
