/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.vector;

import java.util.Objects;

/**
 * The kernels of this JVM, with the ranges checked.
 *
 * <p>The system property {@code recsys.kernels} chooses them before the first call:
 *
 * <ul>
 *   <li>{@code auto}, the default: {@code vector} if it loads, else {@code scalar}, with the reason
 *       logged once
 *   <li>{@code scalar}: plain Java, with the same bits on every machine
 *   <li>{@code vector}: the Vector API; the JVM must run with {@code --add-modules
 *       jdk.incubator.vector}, or this class fails to initialize
 * </ul>
 *
 * @see VectorKernels
 */
public final class VectorOps {
  private static final VectorKernels KERNELS =
      KernelLookup.choose(
          System.getProperty(KernelLookup.PROPERTY, "auto"),
          KernelLookup::loadVector,
          System.getLogger(VectorOps.class.getName()));

  private VectorOps() {}

  /**
   * Multiplies two vectors.
   *
   * @param a array of the first vector
   * @param aFrom where it starts
   * @param b array of the second vector
   * @param bFrom where it starts
   * @param length of both
   * @return the sum of {@code a[aFrom + i] * b[bFrom + i]}; 0 if {@code length} is 0
   * @throws IndexOutOfBoundsException if a range is not inside its array
   * @implNote O(length) time, no allocation.
   */
  public static float dot(float[] a, int aFrom, float[] b, int bFrom, int length) {
    Objects.checkFromIndexSize(aFrom, length, a.length);
    Objects.checkFromIndexSize(bFrom, length, b.length);
    return KERNELS.dot(a, aFrom, b, bFrom, length);
  }

  /**
   * Multiplies a row-major matrix by a vector: {@code out[outFrom + r] = query . row r}.
   *
   * <p>Equal rows get bit-equal results wherever they stand and however many there are, so that
   * equal vectors tie in a ranking. {@link #dot} of the same two vectors may differ in the last
   * bits.
   *
   * @param query array of the vector
   * @param queryFrom where it starts
   * @param rows array of the matrix, one row right after another
   * @param rowsFrom where row 0 starts
   * @param rowCount number of rows
   * @param length of the vector and of every row
   * @param out receives one result per row; must be neither {@code query} nor {@code rows}
   * @param outFrom where the result of row 0 goes
   * @throws IndexOutOfBoundsException if a range is not inside its array
   * @implNote O(rowCount * length) time, no allocation.
   */
  public static void dotRows(
      float[] query,
      int queryFrom,
      float[] rows,
      int rowsFrom,
      int rowCount,
      int length,
      float[] out,
      int outFrom) {
    Objects.checkFromIndexSize(queryFrom, length, query.length);
    Objects.checkFromIndexSize(outFrom, rowCount, out.length);
    // As long: the product of two ints that passed may still overflow.
    Objects.checkFromIndexSize((long) rowsFrom, (long) rowCount * length, (long) rows.length);
    KERNELS.dotRows(query, queryFrom, rows, rowsFrom, rowCount, length, out, outFrom);
  }

  /**
   * Finds a number.
   *
   * @param values where to look
   * @param from index of the first to look at
   * @param to index after the last
   * @param value that is looked for
   * @return its first index, or -1 if it is not there
   * @throws IndexOutOfBoundsException if the range is not inside the array
   * @implNote O(to - from) time, no allocation.
   */
  public static int indexOf(int[] values, int from, int to, int value) {
    Objects.checkFromToIndex(from, to, values.length);
    return KERNELS.indexOf(values, from, to, value);
  }

  /**
   * Selects the numbers that reach a threshold; one that is not a number does not.
   *
   * @param values the first {@code length} of which are looked at
   * @param length how many
   * @param threshold to be reached
   * @param out receives their indexes in ascending order; room for {@code length}
   * @return how many there are
   * @throws IndexOutOfBoundsException if an array is too short
   * @implNote O(length) time, no allocation.
   */
  public static int selectAtLeast(float[] values, int length, float threshold, int[] out) {
    Objects.checkFromIndexSize(0, length, values.length);
    Objects.checkFromIndexSize(0, length, out.length);
    return KERNELS.selectAtLeast(values, length, threshold, out);
  }

  /**
   * Sums up the finite among some numbers.
   *
   * @param values the first {@code length} of which are looked at
   * @param length how many
   * @param sums receives the sum and the sum of the squares
   * @return how many are finite
   * @throws IndexOutOfBoundsException if an array is too short
   * @implNote O(length) time, no allocation.
   */
  public static int sumFinite(float[] values, int length, double[] sums) {
    Objects.checkFromIndexSize(0, length, values.length);
    Objects.checkFromIndexSize(0, 2, sums.length);
    return KERNELS.sumFinite(values, length, sums);
  }

  /**
   * Selects the rows of a quantized matrix whose score may reach a threshold.
   *
   * @param query codes of the query, one per column
   * @param codes of the rows, in blocks of {@link VectorKernels#BLOCK_ROWS} rows
   * @param rowCount number of rows
   * @param scales one per row, up to the end of the last block
   * @param offsets one per row, up to the end of the last block
   * @param queryScale value of one unit of {@code query} times one of {@code codes}
   * @param margin added to every product
   * @param threshold to be reached
   * @param out receives the selected rows in ascending order
   * @return how many there are
   * @throws IndexOutOfBoundsException if an array is too short
   * @see VectorKernels#selectRows
   * @implNote O(rowCount * query.length) time, no allocation.
   */
  public static int selectRows(
      short[] query,
      byte[] codes,
      int rowCount,
      float[] scales,
      float[] offsets,
      float queryScale,
      float margin,
      float threshold,
      int[] out) {
    long blocks = ((long) rowCount + VectorKernels.BLOCK_ROWS - 1) / VectorKernels.BLOCK_ROWS;
    long padded = blocks * VectorKernels.BLOCK_ROWS;
    Objects.checkFromIndexSize(0, rowCount, out.length);
    Objects.checkFromIndexSize(0L, padded, (long) scales.length);
    Objects.checkFromIndexSize(0L, padded, (long) offsets.length);
    Objects.checkFromIndexSize(0L, padded * query.length, (long) codes.length);
    return KERNELS.selectRows(
        query, codes, rowCount, scales, offsets, queryScale, margin, threshold, out);
  }
}
