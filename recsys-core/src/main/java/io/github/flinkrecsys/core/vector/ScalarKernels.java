/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.vector;

/**
 * Kernels in plain Java, with the same bits on every machine.
 *
 * @implNote {@code Math.fma} is left out on purpose: where the processor or the JVM lacks the
 *     instruction it is computed with {@code BigDecimal}.
 */
final class ScalarKernels implements VectorKernels {

  @Override
  public float dot(float[] a, int aFrom, float[] b, int bFrom, int length) {
    // An addition takes several cycles; independent sums keep the adders busy meanwhile.
    float s0 = 0f;
    float s1 = 0f;
    float s2 = 0f;
    float s3 = 0f;
    float s4 = 0f;
    float s5 = 0f;
    float s6 = 0f;
    float s7 = 0f;
    int unrolled = length & ~7;
    for (int i = 0; i < unrolled; i += 8) {
      s0 += a[aFrom + i] * b[bFrom + i];
      s1 += a[aFrom + i + 1] * b[bFrom + i + 1];
      s2 += a[aFrom + i + 2] * b[bFrom + i + 2];
      s3 += a[aFrom + i + 3] * b[bFrom + i + 3];
      s4 += a[aFrom + i + 4] * b[bFrom + i + 4];
      s5 += a[aFrom + i + 5] * b[bFrom + i + 5];
      s6 += a[aFrom + i + 6] * b[bFrom + i + 6];
      s7 += a[aFrom + i + 7] * b[bFrom + i + 7];
    }
    for (int i = unrolled; i < length; i++) {
      s0 += a[aFrom + i] * b[bFrom + i];
    }
    return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
  }

  // Three rows with one sum each, unrolled by the JIT compiler: of 59 shapes from 1 to 8 rows and
  // 1 to 8 sums per row, the one that was among the fastest for 32 to 128 columns on JDK 17 and 25.
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
    int tripled = rowCount - rowCount % 3;
    for (int r = 0; r < tripled; r += 3) {
      int row0 = rowsFrom + r * length;
      int row1 = row0 + length;
      int row2 = row1 + length;
      float s0 = 0f;
      float s1 = 0f;
      float s2 = 0f;
      for (int i = 0; i < length; i++) {
        float q = query[queryFrom + i];
        s0 += q * rows[row0 + i];
        s1 += q * rows[row1 + i];
        s2 += q * rows[row2 + i];
      }
      out[outFrom + r] = s0;
      out[outFrom + r + 1] = s1;
      out[outFrom + r + 2] = s2;
    }
    for (int r = tripled; r < rowCount; r++) {
      int row = rowsFrom + r * length;
      float s = 0f;
      for (int i = 0; i < length; i++) {
        s += query[queryFrom + i] * rows[row + i];
      }
      out[outFrom + r] = s;
    }
  }

  @Override
  public int indexOf(int[] values, int from, int to, int value) {
    for (int i = from; i < to; i++) {
      if (values[i] == value) {
        return i;
      }
    }
    return -1;
  }
}
