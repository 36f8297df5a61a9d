/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import java.util.Arrays;

/**
 * Changes of blend weights: sums, which commute.
 *
 * @param origin replica that holds these sums already
 * @param sources names, in the order of the values
 * @param values per segment, the part that all share last, and source the change of the weight,
 *     then likewise the sums of squared gradients
 */
public record BlendDeltas(long origin, String[] sources, double[] values) {

  @Override
  public boolean equals(Object other) {
    return other instanceof BlendDeltas that
        && origin == that.origin
        && Arrays.equals(sources, that.sources)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(sources) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "BlendDeltas[origin="
        + origin
        + ", sources="
        + Arrays.toString(sources)
        + ", values="
        + Arrays.toString(values)
        + "]";
  }
}
