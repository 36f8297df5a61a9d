/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.stream;

/** Draws indexes in proportion to weights that change: a Fenwick tree of sums. */
final class WeightedChoice {
  private final double[] weights;
  private final double[] sums;
  private final int highestStep;

  WeightedChoice(int size) {
    weights = new double[size];
    sums = new double[size + 1];
    highestStep = Integer.highestOneBit(size);
  }

  double weight(int index) {
    return weights[index];
  }

  /** Changes a weight, which must not be negative; O(log size). */
  void set(int index, double weight) {
    double change = weight - weights[index];
    weights[index] = weight;
    for (int i = index + 1; i < sums.length; i += i & -i) {
      sums[i] += change;
    }
  }

  /** Draws an index of positive weight; O(log size). */
  int draw(Dice dice) {
    while (true) {
      double left = dice.unit() * total();
      int index = 0;
      for (int step = highestStep; step > 0; step >>= 1) {
        if (index + step < sums.length && sums[index + step] <= left) {
          index += step;
          left -= sums[index];
        }
      }
      // Rounding of the sums may lead to a neighbour that has no weight.
      if (index < weights.length && weights[index] > 0) {
        return index;
      }
    }
  }

  private double total() {
    double total = 0;
    for (int i = weights.length; i > 0; i -= i & -i) {
      total += sums[i];
    }
    return total;
  }
}
