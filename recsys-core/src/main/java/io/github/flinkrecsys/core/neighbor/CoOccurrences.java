/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.neighbor;

import java.util.Arrays;

/**
 * Which items followed which recent items, as it happened: every receiver counts the pairs itself.
 *
 * @param origin replica that has counted them already
 * @param gatheredAtMillis wall-clock time of the oldest
 * @param itemIds the items that occur, each once
 * @param sequences one after the other: the index of an item, how many recent items it has, their
 *     indexes, newest first
 * @param confidences per sequence how much it counts
 * @param timestampsMillis per sequence its event time
 */
public record CoOccurrences(
    long origin,
    long gatheredAtMillis,
    String[] itemIds,
    int[] sequences,
    float[] confidences,
    long[] timestampsMillis) {

  @Override
  public boolean equals(Object other) {
    return other instanceof CoOccurrences that
        && origin == that.origin
        && gatheredAtMillis == that.gatheredAtMillis
        && Arrays.equals(itemIds, that.itemIds)
        && Arrays.equals(sequences, that.sequences)
        && Arrays.equals(confidences, that.confidences)
        && Arrays.equals(timestampsMillis, that.timestampsMillis);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(itemIds) + Arrays.hashCode(sequences);
  }

  @Override
  public String toString() {
    return "CoOccurrences[origin=" + origin + ", sequences=" + confidences.length + "]";
  }
}
