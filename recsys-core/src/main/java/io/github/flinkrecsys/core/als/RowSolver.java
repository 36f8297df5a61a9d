/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.als;

import io.github.flinkrecsys.core.vector.VectorOps;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.ejml.dense.row.decomposition.chol.CholeskyDecompositionInner_DDRM;

/**
 * Solves one row by least squares, exactly: the {@code w} that makes least
 *
 * <pre>sum over seen x of (w . x - 1)^2  +  sum over axes k of d_k * w_k^2</pre>
 *
 * where {@code d_k} holds the unobserved part, diagonal along the other side's principal axes, and
 * the regularization. Along axes scaled by {@code 1 / sqrt(d_k)}, with the seen rows as a matrix S,
 * the solution is {@code (I + S^T S)^-1 S^T 1}, which is {@code S^T (I + S S^T)^-1 1}: the smaller
 * of the two systems is solved, so a row with few interactions costs little. Belongs to one thread;
 * holds 12 bytes * factors^2.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Woodbury_matrix_identity">Woodbury's identity</a>
 */
final class RowSolver {
  private final int factors;
  private final float[] scale;
  private final float[] seen;
  private final float[] products;
  private final DMatrixRMaj system;
  private final double[] solution;
  private final CholeskyDecompositionInner_DDRM cholesky =
      new CholeskyDecompositionInner_DDRM(true);

  RowSolver(int factors) {
    this.factors = factors;
    scale = new float[factors];
    seen = new float[factors * factors];
    products = new float[factors];
    system = new DMatrixRMaj(factors, factors);
    solution = new double[factors];
  }

  /**
   * Solves a row.
   *
   * @param others rows of the other side, along their principal axes
   * @param columns holds which of them have been seen
   * @param from where they start
   * @param to after the last of them
   * @param diagonal weights of the squared components
   * @param row receives the solution
   */
  void solve(float[][] others, int[] columns, int from, int to, double[] diagonal, float[] row) {
    for (int k = 0; k < factors; k++) {
      scale[k] = (float) (1 / Math.sqrt(diagonal[k]));
    }
    if (to - from < factors) {
      solveFew(others, columns, from, to, row);
    } else {
      solveMany(others, columns, from, to, row);
    }
    for (int k = 0; k < factors; k++) {
      row[k] *= scale[k];
    }
  }

  private void solveFew(float[][] others, int[] columns, int from, int to, float[] row) {
    int count = to - from;
    for (int i = 0; i < count; i++) {
      float[] other = others[columns[from + i]];
      for (int k = 0; k < factors; k++) {
        seen[i * factors + k] = other[k] * scale[k];
      }
    }
    startSystem(count);
    addProducts(count, factors);
    Arrays.fill(solution, 0, count, 1);
    solveSystem(count);
    Arrays.fill(row, 0f);
    for (int i = 0; i < count; i++) {
      float weight = (float) solution[i];
      for (int k = 0; k < factors; k++) {
        row[k] += weight * seen[i * factors + k];
      }
    }
  }

  private void solveMany(float[][] others, int[] columns, int from, int to, float[] row) {
    startSystem(factors);
    Arrays.fill(solution, 0);
    for (int start = from; start < to; start += factors) {
      int count = Math.min(factors, to - start);
      for (int i = 0; i < count; i++) {
        float[] other = others[columns[start + i]];
        for (int k = 0; k < factors; k++) {
          float value = other[k] * scale[k];
          seen[k * count + i] = value;
          solution[k] += value;
        }
      }
      addProducts(factors, count);
    }
    solveSystem(factors);
    for (int k = 0; k < factors; k++) {
      row[k] = (float) solution[k];
    }
  }

  /** The unit matrix, in the upper triangle, which is the one that is read. */
  private void startSystem(int size) {
    system.reshape(size, size);
    Arrays.fill(system.data, 0, size * size, 0);
    for (int i = 0; i < size; i++) {
      system.data[i * size + i] = 1;
    }
  }

  private void addProducts(int size, int length) {
    for (int i = 0; i < size; i++) {
      VectorOps.dotRows(seen, i * length, seen, 0, i + 1, length, products, 0);
      for (int j = 0; j <= i; j++) {
        system.data[j * size + i] += products[j];
      }
    }
  }

  private void solveSystem(int size) {
    if (!cholesky.decompose(system)) {
      throw new ArithmeticException("a system of " + size + " unknowns is not finite");
    }
    TriangularSolver_DDRM.solveL(system.data, solution, size);
    TriangularSolver_DDRM.solveTranL(system.data, solution, size);
  }
}
