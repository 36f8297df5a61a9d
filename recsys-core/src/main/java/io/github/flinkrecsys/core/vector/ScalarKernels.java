/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.vector;

/**
 * Plain Java. Several sums run side by side, because each addition of one sum waits for the one
 * before; four rows share what is loaded of the query. No {@link Math#fma}: where the processor
 * lacks it, it is a hundred times slower than what it replaces.
 */
final class ScalarKernels implements VectorKernels {
  @Override
  public float dot(float[] a, int aFrom, float[] b, int bFrom, int length) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
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
    return (s0 + s1) + (s2 + s3);
  }

  @Override
  public void dotRows(
      float[] query,
      int queryFrom,
      float[] rows,
      int rowsFrom,
      int rowCount,
      int length,
      float[] out,
      int outFrom) {
    int row = 0;
    for (; row + 3 < rowCount; row += 4) {
      fourRows(query, queryFrom, rows, rowsFrom + row * length, length, out, outFrom + row);
    }
    for (; row < rowCount; row++) {
      out[outFrom + row] = dot(query, queryFrom, rows, rowsFrom + row * length, length);
    }
  }

  private static void fourRows(
      float[] query, int queryFrom, float[] rows, int row0, int length, float[] out, int outFrom) {
    int row1 = row0 + length;
    int row2 = row1 + length;
    int row3 = row2 + length;
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i + 3 < length; i += 4) {
      float a = query[queryFrom + i];
      float b = query[queryFrom + i + 1];
      float c = query[queryFrom + i + 2];
      float d = query[queryFrom + i + 3];
      s0 +=
          (a * rows[row0 + i] + b * rows[row0 + i + 1])
              + (c * rows[row0 + i + 2] + d * rows[row0 + i + 3]);
      s1 +=
          (a * rows[row1 + i] + b * rows[row1 + i + 1])
              + (c * rows[row1 + i + 2] + d * rows[row1 + i + 3]);
      s2 +=
          (a * rows[row2 + i] + b * rows[row2 + i + 1])
              + (c * rows[row2 + i + 2] + d * rows[row2 + i + 3]);
      s3 +=
          (a * rows[row3 + i] + b * rows[row3 + i + 1])
              + (c * rows[row3 + i + 2] + d * rows[row3 + i + 3]);
    }
    for (; i < length; i++) {
      float a = query[queryFrom + i];
      s0 += a * rows[row0 + i];
      s1 += a * rows[row1 + i];
      s2 += a * rows[row2 + i];
      s3 += a * rows[row3 + i];
    }
    out[outFrom] = s0;
    out[outFrom + 1] = s1;
    out[outFrom + 2] = s2;
    out[outFrom + 3] = s3;
  }
}
