/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.als;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class PrincipalAxesTest {

  @Test
  void rowsKeepTheirLengthsAndStopCorrelating() {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      int factors = 1 + random.nextInt(40);
      // Often fewer rows than factors, and of any scale.
      float[][] rows = new float[1 + random.nextInt(60)][factors];
      double scale = Math.pow(10, random.nextInt(24) - 15);
      for (float[] row : rows) {
        for (int k = 0; k < factors; k++) {
          row[k] = (float) (scale * random.nextGaussian());
        }
      }
      double trace = trace(rows);
      try (Workers workers = new Workers(2)) {
        PrincipalAxes axes =
            PrincipalAxes.of(Gramian.of(rows, ones(rows.length), factors, workers));
        axes.apply(rows, workers);
        DMatrixRMaj turned = Gramian.of(rows, ones(rows.length), factors, workers);
        for (int k = 0; k < factors; k++) {
          for (int j = 0; j < factors; j++) {
            assertThat(turned.get(k, j) / trace)
                .as("seed %d, axes %d and %d", seed, k, j)
                .isCloseTo(k == j ? axes.gramian()[k] / trace : 0, within(1e-5));
          }
        }
      }
      assertThat(trace(rows) / trace).as("seed %d", seed).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void weightsCountAsSoManyEqualRows() {
    float[][] rows = {{1, 2}, {3, -1}, {3, -1}, {3, -1}};
    double[][] once =
        Gramian.lowerTriangle(new float[][] {rows[0], rows[1]}, new float[] {1, 3}, 2);
    assertThat(once[0]).containsExactly(1 + 3 * 9);
    assertThat(once[1]).containsExactly(2 - 3 * 3, 4 + 3);
    assertThat(Gramian.lowerTriangle(rows, ones(4), 2)).isDeepEqualTo(once);
  }

  private static float[] ones(int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1f);
    return ones;
  }

  private static double trace(float[][] rows) {
    double sum = 0;
    for (float[] row : rows) {
      for (float value : row) {
        sum += (double) value * value;
      }
    }
    return sum;
  }

  @Test
  void roundingOfTheGramianDoesNotTurnAnAxisAround() {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      int factors = 2 + random.nextInt(10);
      DMatrixRMaj exact = new DMatrixRMaj(factors, factors);
      DMatrixRMaj rounded = new DMatrixRMaj(factors, factors);
      for (int k = 0; k < factors; k++) {
        for (int j = 0; j <= k; j++) {
          // Far apart on the diagonal, so that there is one answer.
          double value = k == j ? 10 * (k + 1) : random.nextGaussian();
          double close = value * (1 + 1e-9 * random.nextGaussian());
          exact.set(k, j, value);
          exact.set(j, k, value);
          rounded.set(k, j, close);
          rounded.set(j, k, close);
        }
      }
      float[] row = new float[factors];
      Arrays.fill(row, 1f);
      assertThat(PrincipalAxes.of(rounded).turned(row))
          .as("seed %d", seed)
          .containsExactly(PrincipalAxes.of(exact).turned(row), within(1e-5f));
    }
  }

  @Test
  void anAxisPointsToItsLargestComponent() {
    DMatrixRMaj gramian = new DMatrixRMaj(new double[][] {{5, 2}, {2, 2}});
    // Eigenvalues 6 and 1, along (2, 1) and (1, -2); the second is turned to (-1, 2).
    float third = (float) (1 / Math.sqrt(5));
    float[] along = PrincipalAxes.of(gramian).turned(new float[] {0, 1});
    assertThat(along).containsExactlyInAnyOrder(third, 2 * third);
  }

  @Test
  void zerosHaveAxesToo() {
    for (int factors : new int[] {1, 2, 7, 64, 300}) {
      PrincipalAxes axes = PrincipalAxes.of(new DMatrixRMaj(factors, factors));
      assertThat(axes.gramian()).hasSize(factors).containsOnly(0);
    }
  }

  @Test
  void whatIsNotFiniteIsRefused() {
    for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      DMatrixRMaj gramian = new DMatrixRMaj(3, 3);
      Arrays.fill(gramian.data, bad);
      assertThatThrownBy(() -> PrincipalAxes.of(gramian))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the Gramian could not be decomposed");
    }
  }
}
