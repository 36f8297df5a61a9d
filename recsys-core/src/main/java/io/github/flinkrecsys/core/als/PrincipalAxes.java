/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.als;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The axes along which rows do not correlate: there their Gramian is diagonal.
 *
 * <p>Turning all rows of one side changes nothing that counts, for the other side is solved anew
 * from them and so turns along, and products and lengths stay what they are.
 *
 * @param gramian diagonal of the Gramian along the axes, in no order; elsewhere it is 0
 * @param turn one line per old axis, and empty ones up to a multiple of four: its components along
 *     the new axes
 */
public record PrincipalAxes(double[] gramian, float[][] turn) {
  /** How many rows are turned in one task. */
  private static final int BLOCK = 256;

  /**
   * Added to the diagonal, as a share of its mean: where axes hold nothing but rounding, the
   * decomposition might not converge. Far below what the floats of the rows can tell apart.
   */
  private static final double FLOOR = 1e-12;

  /**
   * Finds the axes.
   *
   * @param lowerTriangle of the Gramian, line by line: line k is k + 1 long
   * @return the axes
   * @throws IllegalStateException if the rows have grown beyond all numbers
   * @implNote O(factors^3) time.
   */
  public static PrincipalAxes of(double[][] lowerTriangle) {
    DMatrixRMaj gramian = new DMatrixRMaj(lowerTriangle.length, lowerTriangle.length);
    for (int i = 0; i < lowerTriangle.length; i++) {
      for (int j = 0; j <= i; j++) {
        gramian.set(i, j, lowerTriangle[i][j]);
        gramian.set(j, i, lowerTriangle[i][j]);
      }
    }
    return of(gramian);
  }

  /**
   * Finds the axes.
   *
   * @throws IllegalStateException if the rows have grown beyond all numbers
   */
  static PrincipalAxes of(DMatrixRMaj gramian) {
    int factors = gramian.numRows;
    double mean = CommonOps_DDRM.trace(gramian) / factors;
    // Rows of nothing have no scale; any will do.
    double scale = mean < Double.MIN_NORMAL ? 1 : mean;
    DMatrixRMaj scaled = new DMatrixRMaj(factors, factors);
    CommonOps_DDRM.divide(gramian, scale, scaled);
    for (int k = 0; k < factors; k++) {
      scaled.add(k, k, FLOOR);
    }
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(factors, true, true);
    if (!Double.isFinite(mean) || !eigen.decompose(scaled)) {
      throw new IllegalStateException("the Gramian could not be decomposed");
    }
    double[] values = new double[factors];
    float[][] turn = new float[(factors + 3) / 4 * 4][factors];
    for (int axis = 0; axis < factors; axis++) {
      // Rounding may leave a little less than nothing.
      values[axis] = scale * Math.max(0, eigen.getEigenvalue(axis).getReal() - FLOOR);
      double[] direction = eigen.getEigenVector(axis).data;
      double sign = sign(direction);
      for (int k = 0; k < factors; k++) {
        turn[k][axis] = (float) (sign * direction[k]);
      }
    }
    return new PrincipalAxes(values, turn);
  }

  /**
   * An axis has two directions, and which of them a decomposition finds hangs on the rounding of
   * the Gramian. Towards its largest component, the same data always give the same signs.
   */
  private static double sign(double[] direction) {
    int largest = 0;
    for (int k = 1; k < direction.length; k++) {
      if (Math.abs(direction[k]) > Math.abs(direction[largest])) {
        largest = k;
      }
    }
    return Math.signum(direction[largest]);
  }

  /** Turns rows in place, so that these axes become theirs. */
  void apply(float[][] rows, Workers workers) {
    workers.run(
        (rows.length + BLOCK - 1) / BLOCK,
        (worker, block) -> {
          int to = Math.min(rows.length, (block + 1) * BLOCK);
          for (int r = block * BLOCK; r < to; r++) {
            rows[r] = turned(rows[r]);
          }
        });
  }

  /**
   * Turns a row.
   *
   * @param row a vector along the old axes
   * @return the same vector along these axes
   * @implNote O(factors^2) time.
   */
  public float[] turned(float[] row) {
    float[] padded = Arrays.copyOf(row, turn.length);
    float[] along = new float[row.length];
    for (int k = 0; k < turn.length; k += 4) {
      Rows.addFour(
          along,
          along.length,
          padded[k],
          turn[k],
          padded[k + 1],
          turn[k + 1],
          padded[k + 2],
          turn[k + 2],
          padded[k + 3],
          turn[k + 3]);
    }
    return along;
  }
}
