/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.vector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Kernels in plain Java, with the same bits on every machine.
 *
 * @implNote {@code Math.fma} is left out on purpose: where the processor or the JVM lacks the
 *     instruction it is computed with {@code BigDecimal}.
 */
final class ScalarKernels implements VectorKernels {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long SIGNS = 0x8080_8080_8080_8080L;
  private static final long LOW_BYTES = 0x00FF_00FF_00FF_00FFL;
  private static final long ONES = 0x0001_0001_0001_0001L;

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

  @Override
  public int selectAtLeast(float[] values, int length, float threshold, int[] out) {
    int selected = 0;
    for (int i = 0; i < length; i++) {
      if (values[i] >= threshold) {
        out[selected++] = i;
      }
    }
    return selected;
  }

  // Four sums side by side: one addition waits for another.
  @Override
  public int sumFinite(float[] values, int length, double[] sums) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    double squares0 = 0;
    double squares1 = 0;
    double squares2 = 0;
    double squares3 = 0;
    int count = 0;
    int i = 0;
    for (; i <= length - 4; i += 4) {
      double value0 = finiteOrZero(values[i]);
      double value1 = finiteOrZero(values[i + 1]);
      double value2 = finiteOrZero(values[i + 2]);
      double value3 = finiteOrZero(values[i + 3]);
      sum0 += value0;
      sum1 += value1;
      sum2 += value2;
      sum3 += value3;
      squares0 += value0 * value0;
      squares1 += value1 * value1;
      squares2 += value2 * value2;
      squares3 += value3 * value3;
      count += ones(values[i]) + ones(values[i + 1]) + ones(values[i + 2]) + ones(values[i + 3]);
    }
    for (; i < length; i++) {
      double value = finiteOrZero(values[i]);
      sum0 += value;
      squares0 += value * value;
      count += ones(values[i]);
    }
    sums[0] = sum0 + sum1 + (sum2 + sum3);
    sums[1] = squares0 + squares1 + (squares2 + squares3);
    return count;
  }

  private static double finiteOrZero(float value) {
    return Math.abs(value) <= Float.MAX_VALUE ? value : 0;
  }

  private static int ones(float value) {
    return Math.abs(value) <= Float.MAX_VALUE ? 1 : 0;
  }

  // Eight codes are multiplied in one long, four to a word: bytes are made unsigned by 128, which
  // the first value of the sums takes off again, and a sum of one group fits 16 bits.
  @Override
  public int selectRows(
      short[] query,
      byte[] codes,
      int rowCount,
      float[] scales,
      float[] offsets,
      float queryScale,
      float margin,
      float threshold,
      int[] out) {
    int length = query.length;
    int[] dots = new int[8];
    int selected = 0;
    for (int row = 0; row < rowCount; row += 8) {
      int at = row / BLOCK_ROWS * BLOCK_ROWS * length + row % BLOCK_ROWS;
      Arrays.fill(dots, 0);
      for (int from = 0; from < length; from += GROUP_COLUMNS) {
        int to = Math.min(from + GROUP_COLUMNS, length);
        long even = 0;
        long odd = 0;
        long sum = 0;
        for (int c = from; c < to; c++) {
          long q = query[c];
          long eight = (long) LONG.get(codes, at + c * BLOCK_ROWS) ^ SIGNS;
          even += q * (eight & LOW_BYTES);
          odd += q * (eight >>> 8 & LOW_BYTES);
          sum += q;
        }
        // Now each 16 bits hold the group's sum plus 2^15, not negative: none borrows from another.
        long shift = 0x8000_8000_8000_8000L - 128 * sum * ONES;
        even += shift;
        odd += shift;
        for (int i = 0; i < 4; i++) {
          dots[2 * i] += (int) (even >>> 16 * i & 0xFFFF) - 0x8000;
          dots[2 * i + 1] += (int) (odd >>> 16 * i & 0xFFFF) - 0x8000;
        }
      }
      for (int i = row; i < row + 8 && i < rowCount; i++) {
        if (!(offsets[i] + scales[i] * (queryScale * dots[i - row] + margin) < threshold)) {
          out[selected++] = i;
        }
      }
    }
    return selected;
  }
}
