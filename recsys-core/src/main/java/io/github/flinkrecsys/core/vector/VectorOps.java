/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.vector;

import java.util.Objects;

/**
 * Dot products over {@code float[]}.
 *
 * <p>The provider is chosen once per process, by the system property {@code recsys.kernels}: {@code
 * auto} (default) takes the JDK's vector module if it is present (start Java with {@code
 * --add-modules jdk.incubator.vector}) and plain Java else; {@code scalar} and {@code vector} force
 * one. The choice is logged once. Providers differ in the order of additions, so results are equal
 * up to rounding.
 */
public final class VectorOps {
  private static final VectorKernels KERNELS =
      KernelLookup.choose(System.getProperty(KernelLookup.PROPERTY, "auto"));

  private VectorOps() {}

  /**
   * Multiplies two vectors.
   *
   * @param a array that holds the first
   * @param aFrom its first index
   * @param b array that holds the second
   * @param bFrom its first index
   * @param length of both
   * @return sum of the products, 0 for length 0
   * @throws IndexOutOfBoundsException if a vector does not lie within its array
   */
  public static float dot(float[] a, int aFrom, float[] b, int bFrom, int length) {
    Objects.checkFromIndexSize(aFrom, length, a.length);
    Objects.checkFromIndexSize(bFrom, length, b.length);
    return KERNELS.dot(a, aFrom, b, bFrom, length);
  }

  /**
   * Multiplies a vector with each row of a row-major matrix.
   *
   * @param query array that holds the vector
   * @param queryFrom its first index
   * @param rows array that holds the matrix
   * @param rowsFrom first index of its first row
   * @param rowCount number of rows
   * @param length of the vector and of each row
   * @param out receives {@code rowCount} products
   * @param outFrom index of the first
   * @throws IndexOutOfBoundsException if an operand does not lie within its array
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
    Objects.checkFromIndexSize(rowsFrom, Math.multiplyExact(rowCount, length), rows.length);
    KERNELS.dotRows(query, queryFrom, rows, rowsFrom, rowCount, length, out, outFrom);
  }
}
