/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.vector;

/**
 * Loops over ranges of arrays that take most of the time: dot products, sums and look-ups.
 *
 * <p>Implementations do not check the ranges; {@link VectorOps} does, once per call. They hold no
 * state and may be shared by threads. Two implementations may differ in the last bits of a sum,
 * because they add in different orders.
 */
public interface VectorKernels {

  /**
   * Multiplies two vectors.
   *
   * @param a array of the first vector
   * @param aFrom where it starts
   * @param b array of the second vector
   * @param bFrom where it starts
   * @param length of both
   * @return the sum of {@code a[aFrom + i] * b[bFrom + i]}; 0 if {@code length} is 0
   */
  float dot(float[] a, int aFrom, float[] b, int bFrom, int length);

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
   */
  void dotRows(
      float[] query,
      int queryFrom,
      float[] rows,
      int rowsFrom,
      int rowCount,
      int length,
      float[] out,
      int outFrom);

  /**
   * Finds a number.
   *
   * @param values where to look
   * @param from index of the first to look at
   * @param to index after the last
   * @param value that is looked for
   * @return its first index, or -1 if it is not there
   */
  int indexOf(int[] values, int from, int to, int value);

  /**
   * Selects the numbers that reach a threshold; one that is not a number does not.
   *
   * @param values the first {@code length} of which are looked at
   * @param length how many
   * @param threshold to be reached
   * @param out receives their indexes in ascending order; room for {@code length}
   * @return how many there are
   */
  int selectAtLeast(float[] values, int length, float threshold, int[] out);

  /**
   * Sums up the finite among some numbers.
   *
   * @param values the first {@code length} of which are looked at
   * @param length how many
   * @param sums receives the sum and the sum of the squares
   * @return how many are finite
   */
  int sumFinite(float[] values, int length, double[] sums);

  /** Rows per block of codes: within a block, the codes of one column lie side by side. */
  int BLOCK_ROWS = 32;

  /**
   * Columns whose products are added up in 16 bits: {@code 127} times the sum of the magnitudes of
   * so many neighbouring query codes must stay below {@code 2^15}.
   */
  int GROUP_COLUMNS = 32;

  /**
   * Selects the rows of a quantized matrix whose score may reach a threshold: those of which {@code
   * offsets[r] + scales[r] * (queryScale * (query . row r) + margin) < threshold} is not true. So
   * rows and thresholds that are not a number are selected.
   *
   * <p>All arrays start with row 0. Codes lie in blocks of {@link #BLOCK_ROWS} rows: that of row r,
   * column c is {@code codes[(r / 32 * length + c) * 32 + r % 32]}.
   *
   * @param query codes of the query; see {@link #GROUP_COLUMNS} for their bound
   * @param codes of the rows, -127 to 127, whole blocks of them
   * @param rowCount number of rows
   * @param scales one per row, up to the end of the last block
   * @param offsets one per row, up to the end of the last block
   * @param queryScale value of one unit of {@code query} times one of {@code codes}
   * @param margin added to every product
   * @param threshold to be reached
   * @param out receives the selected rows in ascending order; room for {@code rowCount}
   * @return how many there are
   */
  int selectRows(
      short[] query,
      byte[] codes,
      int rowCount,
      float[] scales,
      float[] offsets,
      float queryScale,
      float margin,
      float threshold,
      int[] out);
}
