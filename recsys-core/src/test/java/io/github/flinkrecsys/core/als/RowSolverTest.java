/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.als;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class RowSolverTest {

  @Test
  void oneSeenRowIsSolvedByHand() {
    // (w1 + 2 w2 - 1)^2 + 1 w1^2 + 4 w2^2 is least where w2 = w1 / 2 and 2 w1 + w1 = 1.
    float[] row = new float[2];
    new RowSolver(2)
        .solve(new float[][] {{9, 9}, {1, 2}}, new int[] {1}, 0, 1, new double[] {1, 4}, row);
    assertThat(row).containsExactly(new float[] {1 / 3f, 1 / 6f}, within(1e-6f));
  }

  @Test
  void moreSeenRowsThanFactorsAreSolvedByHand() {
    // (w - 1)^2 + (2 w - 1)^2 + w^2 is least where 6 w = 3.
    float[] row = new float[1];
    new RowSolver(1).solve(new float[][] {{1}, {2}}, new int[] {0, 1}, 0, 2, new double[] {1}, row);
    assertThat(row).containsExactly(new float[] {0.5f}, within(1e-6f));
  }

  @Test
  void nothingSeenIsNothing() {
    float[] row = {7, 7};
    new RowSolver(2).solve(new float[0][], new int[0], 0, 0, new double[] {1, 1}, row);
    assertThat(row).containsExactly(0f, 0f);
  }

  @Test
  void anyNumberOfSeenRowsIsTheSolutionOfTheNormalEquations() {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      int factors = 1 + random.nextInt(20);
      int seen = random.nextInt(4 * factors);
      RowSolver solver = new RowSolver(factors);
      solver.solve(
          gaussian(random, 3, factors),
          new int[] {0, 1, 2},
          0,
          3,
          ones(factors),
          new float[factors]);
      float[][] others = gaussian(random, seen, factors);
      double[] diagonal = random.doubles(factors, 0.1, 10).toArray();
      float[] row = new float[factors];
      solver.solve(others, IntStream.range(0, seen).toArray(), 0, seen, diagonal, row);
      assertThat(row)
          .as("seed %d", seed)
          .containsExactly(expected(others, diagonal), within(1e-4f));
    }
  }

  private static float[] expected(float[][] others, double[] diagonal) {
    DMatrixRMaj system = CommonOps_DDRM.diag(diagonal);
    DMatrixRMaj right = new DMatrixRMaj(diagonal.length, 1);
    for (float[] other : others) {
      DMatrixRMaj column = new DMatrixRMaj(diagonal.length, 1);
      for (int k = 0; k < other.length; k++) {
        column.set(k, other[k]);
      }
      CommonOps_DDRM.multAddTransB(column, column, system);
      CommonOps_DDRM.addEquals(right, column);
    }
    DMatrixRMaj solution = new DMatrixRMaj(diagonal.length, 1);
    CommonOps_DDRM.solve(system, right, solution);
    float[] row = new float[diagonal.length];
    for (int k = 0; k < row.length; k++) {
      row[k] = (float) solution.get(k);
    }
    return row;
  }

  private static double[] ones(int length) {
    return IntStream.range(0, length).mapToDouble(i -> 1).toArray();
  }

  private static float[][] gaussian(Random random, int rows, int columns) {
    float[][] matrix = new float[rows][columns];
    for (float[] row : matrix) {
      for (int k = 0; k < columns; k++) {
        row[k] = (float) random.nextGaussian();
      }
    }
    return matrix;
  }
}
