/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.neighbor;

/**
 * Inverse session frequency to a power: {@code ln(1 + N / (1 + n)) ^ exponent} for an item in n of
 * N sessions. What was computed is kept as long as N stays. Belongs to one thread.
 */
final class SessionIdf {
  private static final int KEPT = 1024;

  private final double exponent;
  private final double[] values = new double[KEPT];
  private final int[] sessionsOf = new int[KEPT];

  SessionIdf(double exponent) {
    this.exponent = exponent;
  }

  /** Gives the weight of an item; N must be positive. */
  double of(int withItem, int sessions) {
    if (exponent == 0) {
      return 1;
    }
    if (withItem >= KEPT) {
      return compute(withItem, sessions);
    }
    if (sessionsOf[withItem] != sessions) {
      sessionsOf[withItem] = sessions;
      values[withItem] = compute(withItem, sessions);
    }
    return values[withItem];
  }

  private double compute(int withItem, int sessions) {
    return Math.pow(Math.log1p(sessions / (1.0 + withItem)), exponent);
  }
}
