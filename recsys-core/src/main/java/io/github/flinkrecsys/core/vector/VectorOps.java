/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.vector;

/** stub. */
public final class VectorOps {
  private VectorOps() {}

  public static float dot(float[] a, int aFrom, float[] b, int bFrom, int length) {
    float s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    int i = 0;
    for (; i + 3 < length; i += 4) {
      s0 += a[aFrom + i] * b[bFrom + i];
      s1 += a[aFrom + i + 1] * b[bFrom + i + 1];
      s2 += a[aFrom + i + 2] * b[bFrom + i + 2];
      s3 += a[aFrom + i + 3] * b[bFrom + i + 3];
    }
    for (; i < length; i++) {
      s0 += a[aFrom + i] * b[bFrom + i];
    }
    return s0 + s1 + s2 + s3;
  }

  public static void dotRows(
      float[] q,
      int qFrom,
      float[] rows,
      int rowsFrom,
      int rowCount,
      int length,
      float[] out,
      int outFrom) {
    for (int r = 0; r < rowCount; r++) {
      out[outFrom + r] = dot(q, qFrom, rows, rowsFrom + r * length, length);
    }
  }
}
