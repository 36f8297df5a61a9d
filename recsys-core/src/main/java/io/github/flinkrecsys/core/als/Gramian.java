/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.als;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/** Sums the outer products of many rows, each times a weight. */
public final class Gramian {
  /** Every so many blocks go to the same sum; a fixed number, so that threads change nothing. */
  private static final int SUMS = 16;

  /** Rows that are summed up in floats, before the sum goes on in doubles. */
  private static final int BLOCK = 512;

  private Gramian() {}

  /**
   * Sums in the calling thread.
   *
   * @param rows vectors, each {@code factors} long
   * @param weights one per row
   * @param factors length of a vector
   * @return the lower triangle, line by line: line k is k + 1 long
   * @implNote O(rows * factors^2) time, 8 bytes * factors^2.
   */
  public static double[][] lowerTriangle(float[][] rows, float[] weights, int factors) {
    double[] sum = new double[factors * factors];
    float[][] block = new float[factors][factors];
    for (int from = 0; from < rows.length; from += BLOCK) {
      addRows(rows, weights, from, Math.min(rows.length, from + BLOCK), block);
      moveInto(sum, block);
    }
    double[][] lines = new double[factors][];
    for (int k = 0; k < factors; k++) {
      lines[k] = Arrays.copyOfRange(sum, k * factors, k * factors + k + 1);
    }
    return lines;
  }

  /**
   * Sums on all workers, to the same last bit for any number of them; O(rows * factors^2) time, 12
   * bytes * 16 * factors^2.
   */
  static DMatrixRMaj of(float[][] rows, float[] weights, int factors, Workers workers) {
    int blocks = (rows.length + BLOCK - 1) / BLOCK;
    double[][] sums = new double[SUMS][factors * factors];
    workers.run(
        SUMS,
        (worker, s) -> {
          float[][] block = new float[factors][factors];
          for (int b = s; b < blocks; b += SUMS) {
            addRows(rows, weights, b * BLOCK, Math.min(rows.length, (b + 1) * BLOCK), block);
            moveInto(sums[s], block);
          }
        });
    DMatrixRMaj gramian = new DMatrixRMaj(factors, factors);
    for (double[] sum : sums) {
      for (int i = 0; i < sum.length; i++) {
        gramian.data[i] += sum[i];
      }
    }
    mirror(gramian);
    return gramian;
  }

  /** Adds to the lower triangle; four rows at a time, so that it is read and written less. */
  private static void addRows(float[][] rows, float[] weights, int from, int to, float[][] sum) {
    float[] none = new float[sum.length];
    for (int r = from; r < to; r += 4) {
      float[] a = rows[r];
      float[] b = r + 1 < to ? rows[r + 1] : none;
      float[] c = r + 2 < to ? rows[r + 2] : none;
      float[] d = r + 3 < to ? rows[r + 3] : none;
      float wa = weights[r];
      float wb = r + 1 < to ? weights[r + 1] : 0;
      float wc = r + 2 < to ? weights[r + 2] : 0;
      float wd = r + 3 < to ? weights[r + 3] : 0;
      for (int k = 0; k < sum.length; k++) {
        Rows.addFour(sum[k], k + 1, wa * a[k], a, wb * b[k], b, wc * c[k], c, wd * d[k], d);
      }
    }
  }

  private static void moveInto(double[] sum, float[][] block) {
    int at = 0;
    for (float[] row : block) {
      for (int k = 0; k < row.length; k++) {
        sum[at++] += row[k];
        row[k] = 0f;
      }
    }
  }

  private static void mirror(DMatrixRMaj lower) {
    for (int i = 0; i < lower.numRows; i++) {
      for (int j = i + 1; j < lower.numCols; j++) {
        lower.set(i, j, lower.get(j, i));
      }
    }
  }
}
