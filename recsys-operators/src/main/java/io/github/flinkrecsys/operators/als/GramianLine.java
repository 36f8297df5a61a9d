/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.als;

/**
 * A line of a lower triangle, or a part of its sum.
 *
 * @param index of the line; the one after the last holds the number of rows and the sum of weights
 * @param values as many as the index says and one more
 */
public record GramianLine(int index, double[] values) {
  GramianLine plus(GramianLine other) {
    double[] sum = values.clone();
    for (int k = 0; k < sum.length; k++) {
      sum[k] += other.values[k];
    }
    return new GramianLine(index, sum);
  }
}
