/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.vector;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Kernels on the incubating Vector API; only {@link KernelLookup} names this class, as a string.
 *
 * @implNote Products are multiplied and added, not fused: the rows come from memory too slowly for
 *     the fused instruction to gain anything, and without it in the processor {@code fma} would be
 *     computed with {@code BigDecimal}.
 */
final class IncubatorVectorKernels implements VectorKernels {
  // Halving sums below needs 4 to 16 lanes.
  private static final VectorSpecies<Float> SPECIES =
      FloatVector.SPECIES_PREFERRED.vectorBitSize() > 512
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;

  private static final int LANES = SPECIES.length();
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, SPECIES.vectorShape());
  private static final VectorSpecies<Double> DOUBLES =
      VectorSpecies.of(double.class, SPECIES.vectorShape());
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, SPECIES.vectorShape());
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));
  private static final VectorMask<Float> ODD_LANES = lanesWithBit(1);
  private static final VectorMask<Float> ODD_PAIRS = lanesWithBit(2);
  private static final VectorShuffle<Float> SWAP_LANES = swap(1);
  private static final VectorShuffle<Float> SWAP_PAIRS = swap(2);
  private static final VectorShuffle<Float> SWAP_QUARTETS = swap(4);
  private static final VectorShuffle<Float> SWAP_OCTETS = swap(8);

  IncubatorVectorKernels() {
    if (LANES < 4) {
      throw new UnsupportedOperationException(
          "vectors of this JVM must have at least 128 bits, got " + SPECIES.vectorBitSize());
    }
  }

  @Override
  public float dot(float[] a, int aFrom, float[] b, int bFrom, int length) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i <= length - 4 * LANES; i += 4 * LANES) {
      s0 = s0.add(load(a, aFrom + i).mul(load(b, bFrom + i)));
      s1 = s1.add(load(a, aFrom + i + LANES).mul(load(b, bFrom + i + LANES)));
      s2 = s2.add(load(a, aFrom + i + 2 * LANES).mul(load(b, bFrom + i + 2 * LANES)));
      s3 = s3.add(load(a, aFrom + i + 3 * LANES).mul(load(b, bFrom + i + 3 * LANES)));
    }
    for (; i <= length - LANES; i += LANES) {
      s0 = s0.add(load(a, aFrom + i).mul(load(b, bFrom + i)));
    }
    float sum = s0.add(s1).add(s2.add(s3)).reduceLanes(VectorOperators.ADD);
    for (; i < length; i++) {
      sum += a[aFrom + i] * b[bFrom + i];
    }
    return sum;
  }

  @Override
  public void dotRows(
      float[] query,
      int queryFrom,
      float[] rows,
      int rowsFrom,
      int rowCount,
      int length,
      float[] out,
      int outFrom) {
    int vectorized = SPECIES.loopBound(length);
    for (int r = 0; r < rowCount; r += 4) {
      // Past the end the last row is taken again: its sum is the same bits wherever it is computed.
      int r1 = Math.min(r + 1, rowCount - 1);
      int r2 = Math.min(r + 2, rowCount - 1);
      int r3 = Math.min(r + 3, rowCount - 1);
      int row0 = rowsFrom + r * length;
      int row1 = rowsFrom + r1 * length;
      int row2 = rowsFrom + r2 * length;
      int row3 = rowsFrom + r3 * length;
      FloatVector s0 = FloatVector.zero(SPECIES);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int i = 0; i < vectorized; i += LANES) {
        FloatVector q = load(query, queryFrom + i);
        s0 = s0.add(q.mul(load(rows, row0 + i)));
        s1 = s1.add(q.mul(load(rows, row1 + i)));
        s2 = s2.add(q.mul(load(rows, row2 + i)));
        s3 = s3.add(q.mul(load(rows, row3 + i)));
      }
      FloatVector sums = sumLanes(s0, s1, s2, s3);
      // One store of four lanes: reading them one by one takes as long as the products.
      FloatVector four = (FloatVector) sums.reinterpretShape(FloatVector.SPECIES_128, 0);
      if (r3 == r + 3) {
        four.intoArray(out, outFrom + r);
      } else {
        float[] last = new float[4];
        four.intoArray(last, 0);
        System.arraycopy(last, 0, out, outFrom + r, rowCount - r);
      }
      for (int i = vectorized; i < length; i++) {
        float q = query[queryFrom + i];
        for (int row = r; row <= r3; row++) {
          out[outFrom + row] += q * rows[rowsFrom + row * length + i];
        }
      }
    }
  }

  @Override
  public int indexOf(int[] values, int from, int to, int value) {
    int i = from;
    for (; i <= to - INTS.length(); i += INTS.length()) {
      VectorMask<Integer> equal =
          IntVector.fromArray(INTS, values, i).compare(VectorOperators.EQ, value);
      if (equal.anyTrue()) {
        return i + equal.firstTrue();
      }
    }
    for (; i < to; i++) {
      if (values[i] == value) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public int selectAtLeast(float[] values, int length, float threshold, int[] out) {
    int selected = 0;
    int i = 0;
    for (; i <= length - LANES; i += LANES) {
      // Few vectors have one. JDK 17 makes an object of a mask to give its bits, at seven times the
      // cost of the comparison.
      if (load(values, i).compare(VectorOperators.GE, threshold).anyTrue()) {
        selected = selectEach(values, i, i + LANES, threshold, out, selected);
      }
    }
    return selectEach(values, i, length, threshold, out, selected);
  }

  private static int selectEach(
      float[] values, int from, int to, float threshold, int[] out, int selected) {
    for (int i = from; i < to; i++) {
      if (values[i] >= threshold) {
        out[selected++] = i;
      }
    }
    return selected;
  }

  @Override
  public int sumFinite(float[] values, int length, double[] sums) {
    DoubleVector sumLow = DoubleVector.zero(DOUBLES);
    DoubleVector sumHigh = sumLow;
    DoubleVector squaresLow = sumLow;
    DoubleVector squaresHigh = sumLow;
    FloatVector zero = FloatVector.zero(SPECIES);
    int count = 0;
    int i = 0;
    for (; i <= length - LANES; i += LANES) {
      FloatVector loaded = load(values, i);
      VectorMask<Float> finite = loaded.abs().compare(VectorOperators.LE, Float.MAX_VALUE);
      FloatVector value = zero.blend(loaded, finite);
      DoubleVector low = (DoubleVector) value.castShape(DOUBLES, 0);
      DoubleVector high = (DoubleVector) value.castShape(DOUBLES, 1);
      sumLow = sumLow.add(low);
      sumHigh = sumHigh.add(high);
      squaresLow = squaresLow.add(low.mul(low));
      squaresHigh = squaresHigh.add(high.mul(high));
      count += finite.trueCount();
    }
    double sum = sumLow.add(sumHigh).reduceLanes(VectorOperators.ADD);
    double squares = squaresLow.add(squaresHigh).reduceLanes(VectorOperators.ADD);
    for (; i < length; i++) {
      if (Math.abs(values[i]) <= Float.MAX_VALUE) {
        sum += values[i];
        squares += (double) values[i] * values[i];
        count++;
      }
    }
    sums[0] = sum;
    sums[1] = squares;
    return count;
  }

  @Override
  public int selectRows(
      short[] query,
      byte[] codes,
      int rowCount,
      float[] scales,
      float[] offsets,
      float queryScale,
      float margin,
      float threshold,
      int[] out) {
    int length = query.length;
    float[] bounds = new float[2 * LANES];
    int selected = 0;
    for (int row = 0; row < rowCount; row += 2 * LANES) {
      int at = row / BLOCK_ROWS * BLOCK_ROWS * length + row % BLOCK_ROWS;
      IntVector low = IntVector.zero(INTS);
      IntVector high = low;
      for (int from = 0; from < length; from += GROUP_COLUMNS) {
        int to = Math.min(from + GROUP_COLUMNS, length);
        ShortVector sums = ShortVector.zero(SHORTS);
        for (int c = from; c < to; c++) {
          sums = sums.add(widened(codes, at + c * BLOCK_ROWS).mul(query[c]));
        }
        low = low.add((IntVector) sums.castShape(INTS, 0));
        high = high.add((IntVector) sums.castShape(INTS, 1));
      }
      FloatVector lowBounds = bounds(low, row, scales, offsets, queryScale, margin);
      FloatVector highBounds = bounds(high, row + LANES, scales, offsets, queryScale, margin);
      if (lowBounds.lt(threshold).and(highBounds.lt(threshold)).allTrue()) {
        continue;
      }
      lowBounds.intoArray(bounds, 0);
      highBounds.intoArray(bounds, LANES);
      for (int lane = 0; lane < Math.min(2 * LANES, rowCount - row); lane++) {
        if (!(bounds[lane] < threshold)) {
          out[selected++] = row + lane;
        }
      }
    }
    return selected;
  }

  private static ShortVector widened(byte[] codes, int from) {
    return (ShortVector) ByteVector.fromArray(BYTES, codes, from).castShape(SHORTS, 0);
  }

  /** Gives the most that each row can score. */
  private static FloatVector bounds(
      IntVector dots, int row, float[] scales, float[] offsets, float queryScale, float margin) {
    FloatVector products = ((FloatVector) dots.castShape(SPECIES, 0)).mul(queryScale).add(margin);
    return load(offsets, row).add(load(scales, row).mul(products));
  }

  /**
   * Sums each vector over its lanes; lane r of the result is the sum of vector r, for r below 4.
   */
  private static FloatVector sumLanes(
      FloatVector s0, FloatVector s1, FloatVector s2, FloatVector s3) {
    // Four vectors are reduced together: reduceLanes for each would take three times the shuffles.
    FloatVector even = addSwapped(s0, s1, ODD_LANES, SWAP_LANES);
    FloatVector odd = addSwapped(s2, s3, ODD_LANES, SWAP_LANES);
    FloatVector sums = addSwapped(even, odd, ODD_PAIRS, SWAP_PAIRS);
    if (LANES >= 8) {
      sums = sums.add(sums.rearrange(SWAP_QUARTETS));
    }
    if (LANES >= 16) {
      sums = sums.add(sums.rearrange(SWAP_OCTETS));
    }
    return sums;
  }

  /** Sums neighbours: of {@code second} in the lanes of {@code ofSecond}, of {@code first} else. */
  private static FloatVector addSwapped(
      FloatVector first,
      FloatVector second,
      VectorMask<Float> ofSecond,
      VectorShuffle<Float> swap) {
    return first.blend(second, ofSecond).add(second.blend(first, ofSecond).rearrange(swap));
  }

  private static FloatVector load(float[] array, int from) {
    return FloatVector.fromArray(SPECIES, array, from);
  }

  private static VectorMask<Float> lanesWithBit(int bit) {
    boolean[] set = new boolean[LANES];
    for (int lane = 0; lane < LANES; lane++) {
      set[lane] = (lane & bit) != 0;
    }
    return VectorMask.fromArray(SPECIES, set, 0);
  }

  private static VectorShuffle<Float> swap(int distance) {
    return VectorShuffle.fromOp(SPECIES, lane -> (lane ^ distance) & (LANES - 1));
  }
}
