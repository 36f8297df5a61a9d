/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.als;

/**
 * Loops over vectors that are arrays of their own.
 *
 * <p>The JIT compiler of JDK 17 turns such a loop into vector instructions without the vector
 * module, four times as fast; it does not where several vectors lie in one array.
 */
final class Rows {
  private Rows() {}

  /** Adds multiples of four vectors to one that is none of them, in its first places. */
  static void addFour(
      float[] sum,
      int length,
      float fa,
      float[] a,
      float fb,
      float[] b,
      float fc,
      float[] c,
      float fd,
      float[] d) {
    for (int i = 0; i < length; i++) {
      sum[i] += fa * a[i] + fb * b[i] + fc * c[i] + fd * d[i];
    }
  }
}
