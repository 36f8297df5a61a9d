/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.vector;

/**
 * Loops over ranges of arrays that take most of the time: dot products and look-ups.
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
}
