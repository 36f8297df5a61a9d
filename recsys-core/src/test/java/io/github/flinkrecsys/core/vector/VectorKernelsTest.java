/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both kernels against sums in double precision; all around the ranges stands NaN. */
class VectorKernelsTest {
  private static final int[] LENGTHS = {0, 1, 3, 4, 7, 8, 15, 16, 17, 31, 64, 100, 1021};
  private static final double TOLERANCE = 1e-5;

  private static VectorKernels kernels(String name) {
    return KernelLookup.choose(name, KernelLookup::loadVector, System.getLogger("test"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "vector"})
  void dotIsTheSumOfProducts(String name) {
    VectorKernels kernels = kernels(name);
    for (int length : LENGTHS) {
      for (long seed = 0; seed < 20; seed++) {
        Random random = new Random(seed);
        Range a = Range.random(random, length);
        Range b = Range.random(random, length);
        assertThat((double) kernels.dot(a.array, a.from, b.array, b.from, length))
            .as("seed %d, length %d", seed, length)
            .isCloseTo(dot(a, b, 0, length), within(TOLERANCE * dotOfAbsolutes(a, b, 0, length)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "vector"})
  void dotRowsIsTheSumOfProductsForEveryRowAndWritesNothingElse(String name) {
    VectorKernels kernels = kernels(name);
    for (int length : LENGTHS) {
      for (int rowCount = 0; rowCount <= 13; rowCount++) {
        long seed = 31L * length + rowCount;
        Random random = new Random(seed);
        Range query = Range.random(random, length);
        Range rows = Range.random(random, rowCount * length);
        Range out = Range.random(random, rowCount);
        float[] untouched = out.array.clone();
        kernels.dotRows(
            query.array, query.from, rows.array, rows.from, rowCount, length, out.array, out.from);
        for (int r = 0; r < rowCount; r++) {
          assertThat((double) out.array[out.from + r])
              .as("seed %d, length %d, row %d of %d", seed, length, r, rowCount)
              .isCloseTo(
                  dot(query, rows, r * length, length),
                  within(TOLERANCE * dotOfAbsolutes(query, rows, r * length, length)));
          untouched[out.from + r] = out.array[out.from + r];
        }
        assertThat(out.array).as("seed %d", seed).isEqualTo(untouched);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "vector"})
  void equalRowsGetBitEqualScoresWhereverTheyStand(String name) {
    VectorKernels kernels = kernels(name);
    for (int length : LENGTHS) {
      Random random = new Random(length);
      Range query = Range.random(random, length);
      Range row = Range.random(random, length);
      float[] alone = new float[1];
      kernels.dotRows(query.array, query.from, row.array, row.from, 1, length, alone, 0);
      for (int rowCount = 2; rowCount <= 13; rowCount++) {
        float[] rows = new float[rowCount * length];
        for (int r = 0; r < rowCount; r++) {
          System.arraycopy(row.array, row.from, rows, r * length, length);
        }
        float[] out = new float[rowCount];
        kernels.dotRows(query.array, query.from, rows, 0, rowCount, length, out, 0);
        assertThat(out).as("seed %d, %d rows", length, rowCount).containsOnly(alone[0]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "vector"})
  void indexOfFindsTheFirstInItsRange(String name) {
    VectorKernels kernels = kernels(name);
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      int[] values = random.ints(random.nextInt(80), 0, 40).toArray();
      int from = random.nextInt(values.length + 1);
      int to = from + random.nextInt(values.length - from + 1);
      int value = random.nextInt(40);
      int expected =
          IntStream.range(from, to).filter(i -> values[i] == value).findFirst().orElse(-1);
      assertThat(kernels.indexOf(values, from, to, value)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "vector"})
  void selectsTheNumbersThatReachAThreshold(String name) {
    VectorKernels kernels = kernels(name);
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      float[] values = withOddOnes(random, random.nextInt(80));
      int length = random.nextInt(values.length + 1);
      float threshold = values.length == 0 ? 0 : values[random.nextInt(values.length)];
      int[] expected = IntStream.range(0, length).filter(i -> values[i] >= threshold).toArray();
      int[] out = new int[length];
      int count = kernels.selectAtLeast(values, length, threshold, out);
      assertThat(Arrays.copyOf(out, count)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "vector"})
  void sumsUpWhatIsFinite(String name) {
    VectorKernels kernels = kernels(name);
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      float[] values = withOddOnes(random, random.nextInt(80));
      int length = random.nextInt(values.length + 1);
      int count = 0;
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < length; i++) {
        if (Float.isFinite(values[i])) {
          count++;
          sum += values[i];
          squares += (double) values[i] * values[i];
        }
      }
      double[] sums = {Double.NaN, Double.NaN};
      assertThat(kernels.sumFinite(values, length, sums)).as("seed %d", seed).isEqualTo(count);
      assertThat(sums[0]).as("seed %d", seed).isCloseTo(sum, within(1e-10));
      assertThat(sums[1]).as("seed %d", seed).isCloseTo(squares, within(1e-10));
    }
  }

  private static float[] withOddOnes(Random random, int length) {
    float[] odd = {Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 0f, -0f};
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] =
          random.nextInt(4) == 0 ? odd[random.nextInt(odd.length)] : (float) random.nextGaussian();
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "vector"})
  void selectsExactlyTheRowsThatAreNotBelowTheThreshold(String name) {
    VectorKernels kernels = kernels(name);
    for (int length : new int[] {0, 1, 7, 8, 9, 20, 64, 100}) {
      for (int rowCount : new int[] {0, 1, 8, 31, 32, 33, 64, 100}) {
        Random random = new Random(31L * length + rowCount);
        int padded = (rowCount + 31) / 32 * 32;
        short[] query = new short[length];
        for (int c = 0; c < length; c++) {
          // The largest that the bound of a group allows, of either sign.
          query[c] = (short) (random.nextBoolean() ? 8 : -8);
        }
        byte[] codes = new byte[padded * length];
        float[] scales = new float[padded];
        float[] offsets = new float[padded];
        float threshold = random.nextInt(1000);
        List<Integer> expected = new ArrayList<>();
        for (int r = 0; r < rowCount; r++) {
          int dot = 0;
          boolean extreme = random.nextInt(4) == 0;
          for (int c = 0; c < length; c++) {
            int code = extreme ? 127 * Integer.signum(query[c]) : random.nextInt(255) - 127;
            codes[(r / 32 * length + c) * 32 + r % 32] = (byte) code;
            dot += query[c] * code;
          }
          scales[r] = random.nextInt(10) == 0 ? Float.NaN : random.nextInt(4) / 2f;
          offsets[r] = random.nextInt(1000);
          // All terms are small multiples of a half, so that nothing is rounded.
          if (!(offsets[r] + scales[r] * (0.5f * dot + 3) < threshold)) {
            expected.add(r);
          }
        }
        int[] out = new int[rowCount];
        int count =
            kernels.selectRows(query, codes, rowCount, scales, offsets, 0.5f, 3, threshold, out);
        assertThat(Arrays.stream(out, 0, count).boxed().toList())
            .as("length %d, %d rows", length, rowCount)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void scalarAgreesWithVector() throws Exception {
    VectorKernels scalar = new ScalarKernels();
    VectorKernels vector = KernelLookup.loadVector();
    for (int length : LENGTHS) {
      for (long seed = 0; seed < 20; seed++) {
        Random random = new Random(seed);
        // Positive, so that nothing cancels and the relative error of the sum means something.
        float[] a = positives(random, length);
        float[] rows = positives(random, 7 * length);
        float expected = scalar.dot(a, 0, rows, 0, length);
        assertThat(vector.dot(a, 0, rows, 0, length))
            .as("seed %d, length %d", seed, length)
            .isCloseTo(expected, within(1e-4f * expected));
        float[] fromScalar = new float[7];
        float[] fromVector = new float[7];
        scalar.dotRows(a, 0, rows, 0, 7, length, fromScalar, 0);
        vector.dotRows(a, 0, rows, 0, 7, length, fromVector, 0);
        for (int r = 0; r < 7; r++) {
          assertThat(fromVector[r])
              .as("seed %d, length %d, row %d", seed, length, r)
              .isCloseTo(fromScalar[r], within(1e-4f * fromScalar[r]));
        }
      }
    }
  }

  private static float[] positives(Random random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = 0.1f + random.nextFloat();
    }
    return values;
  }

  private static double dot(Range a, Range b, int bShift, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += (double) a.array[a.from + i] * b.array[b.from + bShift + i];
    }
    return sum;
  }

  private static double dotOfAbsolutes(Range a, Range b, int bShift, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += Math.abs((double) a.array[a.from + i] * b.array[b.from + bShift + i]);
    }
    return sum;
  }

  private record Range(float[] array, int from) {
    static Range random(Random random, int length) {
      int from = random.nextInt(20);
      float[] array = new float[from + length + random.nextInt(20)];
      Arrays.fill(array, Float.NaN);
      for (int i = 0; i < length; i++) {
        array[from + i] = (float) random.nextGaussian();
      }
      return new Range(array, from);
    }
  }
}
