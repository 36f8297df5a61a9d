/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

/** Count, sum and sum of squares of the finite among some scores. */
final class Moments {
  private double sum;
  private double squares;
  private int count;

  void clear() {
    sum = 0;
    squares = 0;
    count = 0;
  }

  /** Adds the first scores of an array, four sums side by side: one addition waits for another. */
  void addAll(float[] scores, int length) {
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    double squares1 = 0;
    double squares2 = 0;
    double squares3 = 0;
    int n = 0;
    for (; n <= length - 4; n += 4) {
      double score0 = finiteOrZero(scores[n]);
      double score1 = finiteOrZero(scores[n + 1]);
      double score2 = finiteOrZero(scores[n + 2]);
      double score3 = finiteOrZero(scores[n + 3]);
      sum += score0;
      sum1 += score1;
      sum2 += score2;
      sum3 += score3;
      squares += score0 * score0;
      squares1 += score1 * score1;
      squares2 += score2 * score2;
      squares3 += score3 * score3;
      count += ones(scores[n]) + ones(scores[n + 1]) + ones(scores[n + 2]) + ones(scores[n + 3]);
    }
    sum += sum1 + (sum2 + sum3);
    squares += squares1 + (squares2 + squares3);
    for (; n < length; n++) {
      add(scores[n]);
    }
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
