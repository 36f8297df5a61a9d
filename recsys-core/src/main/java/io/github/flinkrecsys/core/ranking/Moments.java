/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.vector.VectorOps;

/** Count, sum and sum of squares of the finite among some scores. */
final class Moments {
  private double sum;
  private double squares;
  private int count;
  private final double[] sums = new double[2];

  void clear() {
    sum = 0;
    squares = 0;
    count = 0;
  }

  /** Adds the first scores of an array. */
  void addAll(float[] scores, int length) {
    count += VectorOps.sumFinite(scores, length, sums);
    sum += sums[0];
    squares += sums[1];
  }

  void add(float score) {
    double finite = finiteOrZero(score);
    sum += finite;
    squares += finite * finite;
    count += ones(score);
  }

  void remove(float score) {
    double finite = finiteOrZero(score);
    sum -= finite;
    squares -= finite * finite;
    count -= ones(score);
  }

  private static double finiteOrZero(float score) {
    return Math.abs(score) <= Float.MAX_VALUE ? score : 0;
  }

  private static int ones(float score) {
    return Math.abs(score) <= Float.MAX_VALUE ? 1 : 0;
  }

  double sum() {
    return sum;
  }

  double squares() {
    return squares;
  }

  int count() {
    return count;
  }
}
