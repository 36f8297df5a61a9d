/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorKernelsTest {
  private static final int[] LENGTHS = {0, 1, 3, 7, 8, 15, 16, 17, 31, 64, 100, 1021};

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "vector"})
  void dotEqualsTheNaiveSum(String choice) {
    VectorKernels kernels = KernelLookup.choose(choice);
    for (long seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      for (int length : LENGTHS) {
        int aFrom = random.nextInt(20);
        int bFrom = random.nextInt(20);
        float[] a = randoms(random, aFrom + length + random.nextInt(5));
        float[] b = randoms(random, bFrom + length + random.nextInt(5));
        assertThat((double) kernels.dot(a, aFrom, b, bFrom, length))
            .as("seed %d, length %d", seed, length)
            .isCloseTo(naive(a, aFrom, b, bFrom, length), within(1e-6 * (1 + length)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "vector"})
  void dotRowsEqualsTheNaiveSumsAndWritesNothingElse(String choice) {
    VectorKernels kernels = KernelLookup.choose(choice);
    for (long seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      for (int length : LENGTHS) {
        int rowCount = random.nextInt(11);
        int queryFrom = random.nextInt(5);
        int rowsFrom = random.nextInt(5);
        int outFrom = random.nextInt(5);
        float[] query = randoms(random, queryFrom + length);
        float[] rows = randoms(random, rowsFrom + rowCount * length);
        float[] out = new float[outFrom + rowCount + 3];
        Arrays.fill(out, -7f);
        kernels.dotRows(query, queryFrom, rows, rowsFrom, rowCount, length, out, outFrom);
        for (int i = 0; i < out.length; i++) {
          int row = i - outFrom;
          double expected =
              row >= 0 && row < rowCount
                  ? naive(query, queryFrom, rows, rowsFrom + row * length, length)
                  : -7;
          assertThat((double) out[i])
              .as("seed %d, length %d, index %d", seed, length, i)
              .isCloseTo(expected, within(1e-6 * (1 + length)));
        }
      }
    }
  }

  @Test
  void operandsOutsideTheirArraysAreRefused() {
    float[] three = new float[3];
    assertThatThrownBy(() -> VectorOps.dot(three, 1, three, 0, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> VectorOps.dot(three, 0, three, -1, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> VectorOps.dotRows(three, 0, three, 0, 2, 2, three, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> VectorOps.dotRows(three, 0, three, 0, 3, 1, three, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(VectorOps.dot(three, 3, three, 3, 0)).isZero();
  }

  @Test
  void providersAreChosenByName() {
    assertThat(KernelLookup.choose("scalar")).isInstanceOf(ScalarKernels.class);
    // The tests run with the module; without it the choice would be the scalar provider.
    assertThat(KernelLookup.choose("auto").toString()).startsWith("jdk.incubator.vector, ");
    assertThatThrownBy(() -> KernelLookup.choose("gpu"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("recsys.kernels must be one of auto, scalar, vector, got gpu");
  }

  private static double naive(float[] a, int aFrom, float[] b, int bFrom, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += (double) a[aFrom + i] * b[bFrom + i];
    }
    return sum;
  }

  private static float[] randoms(Random random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return values;
  }
}
