/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.als;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The axes along which rows do not correlate: there their Gramian is diagonal.
 *
 * <p>Turning all rows of one side changes nothing that counts, for the other side is solved anew
 * from them and so turns along, and products and lengths stay what they are.
 */
final class PrincipalAxes {
  /** How many rows are turned in one task. */
  private static final int BLOCK = 256;

  private final double[] gramian;
  private final float[][] turn;

  private PrincipalAxes(double[] gramian, float[][] turn) {
    this.gramian = gramian;
    this.turn = turn;
  }

  /**
   * Finds the axes.
   *
   * @throws IllegalStateException if the rows have grown beyond all numbers
   */
  static PrincipalAxes of(DMatrixRMaj gramian) {
    int factors = gramian.numRows;
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(factors, true, true);
    if (!eigen.decompose(gramian)) {
      throw new IllegalStateException("the Gramian could not be decomposed");
    }
    double[] values = new double[factors];
    float[][] turn = new float[(factors + 3) / 4 * 4][factors];
    for (int axis = 0; axis < factors; axis++) {
      // Rounding may leave a little less than nothing.
      values[axis] = Math.max(0, eigen.getEigenvalue(axis).getReal());
      DMatrixRMaj direction = eigen.getEigenVector(axis);
      for (int k = 0; k < factors; k++) {
        turn[k][axis] = (float) direction.data[k];
      }
    }
    return new PrincipalAxes(values, turn);
  }

  /** The Gramian's diagonal along these axes; elsewhere it is 0. */
  double[] gramian() {
    return gramian;
  }

  /** Turns rows in place, so that these axes become theirs. */
  void apply(float[][] rows, Workers workers) {
    int factors = gramian.length;
    workers.run(
        (rows.length + BLOCK - 1) / BLOCK,
        (worker, block) -> {
          float[] before = new float[turn.length];
          int to = Math.min(rows.length, (block + 1) * BLOCK);
          for (int r = block * BLOCK; r < to; r++) {
            float[] row = rows[r];
            System.arraycopy(row, 0, before, 0, factors);
            Arrays.fill(row, 0f);
            for (int k = 0; k < factors; k += 4) {
              Rows.addFour(
                  row,
                  factors,
                  before[k],
                  turn[k],
                  before[k + 1],
                  turn[k + 1],
                  before[k + 2],
                  turn[k + 2],
                  before[k + 3],
                  turn[k + 3]);
            }
          }
        });
  }
}
