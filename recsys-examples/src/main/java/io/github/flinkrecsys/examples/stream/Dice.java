/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.stream;

import io.github.flinkrecsys.core.util.Hashes;

/**
 * A seeded source of randomness whose values are the same on any machine and Java version: it uses
 * plain arithmetic and StrictMath only.
 */
final class Dice {
  /** Dimensions of taste. */
  static final int DIMENSIONS = 12;

  private long state;

  Dice(long seed) {
    state = Hashes.mix(seed);
  }

  int below(int bound) {
    return Hashes.below(bits(), bound);
  }

  double unit() {
    return Hashes.unit(bits());
  }

  boolean chance(double probability) {
    return unit() < probability;
  }

  /** A waiting time with this mean. */
  double exponential(double mean) {
    return -mean * StrictMath.log(1 - unit());
  }

  /** A direction in the space of tastes. */
  float[] direction() {
    float[] vector = new float[DIMENSIONS];
    for (int d = 0; d < DIMENSIONS; d++) {
      double sum = -3;
      for (int i = 0; i < 6; i++) {
        sum += unit();
      }
      vector[d] = (float) sum;
    }
    return normalized(vector);
  }

  /** The indexes below {@code size} in random order. */
  int[] permutation(int size) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private long bits() {
    state = Hashes.advance(state);
    return Hashes.mix(state);
  }

  /** The direction of {@code a + share * b}. */
  static float[] between(float[] a, float[] b, double share) {
    float[] sum = new float[DIMENSIONS];
    for (int d = 0; d < DIMENSIONS; d++) {
      sum[d] = (float) (a[d] + share * b[d]);
    }
    return normalized(sum);
  }

  /** How well two directions agree, -1 to 1. */
  static double agreement(float[] a, float[] b) {
    double dot = 0;
    for (int d = 0; d < DIMENSIONS; d++) {
      dot += a[d] * b[d];
    }
    return dot;
  }

  private static float[] normalized(float[] vector) {
    double length = Math.sqrt(agreement(vector, vector));
    for (int d = 0; d < DIMENSIONS; d++) {
      vector[d] = (float) (vector[d] / Math.max(length, 1e-9));
    }
    return vector;
  }
}
