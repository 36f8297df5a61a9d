/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Kernels on the JDK's vector module: whole registers at a time, four rows side by side. */
final class IncubatorVectorKernels implements VectorKernels {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  IncubatorVectorKernels() {}

  @Override
  public float dot(float[] a, int aFrom, float[] b, int bFrom, int length) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = FloatVector.zero(SPECIES);
    int i = 0;
    for (; i + 2 * LANES <= length; i += 2 * LANES) {
      s0 = load(a, aFrom + i).fma(load(b, bFrom + i), s0);
      s1 = load(a, aFrom + i + LANES).fma(load(b, bFrom + i + LANES), s1);
    }
    if (i + LANES <= length) {
      s0 = load(a, aFrom + i).fma(load(b, bFrom + i), s0);
      i += LANES;
    }
    float sum = s0.add(s1).reduceLanes(VectorOperators.ADD);
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
    int row = 0;
    for (; row + 3 < rowCount; row += 4) {
      fourRows(query, queryFrom, rows, rowsFrom + row * length, length, out, outFrom + row);
    }
    for (; row < rowCount; row++) {
      out[outFrom + row] = dot(query, queryFrom, rows, rowsFrom + row * length, length);
    }
  }

  private static void fourRows(
      float[] query, int queryFrom, float[] rows, int row0, int length, float[] out, int outFrom) {
    int row1 = row0 + length;
    int row2 = row1 + length;
    int row3 = row2 + length;
    FloatVector v0 = FloatVector.zero(SPECIES);
    FloatVector v1 = FloatVector.zero(SPECIES);
    FloatVector v2 = FloatVector.zero(SPECIES);
    FloatVector v3 = FloatVector.zero(SPECIES);
    int i = 0;
    for (; i + LANES <= length; i += LANES) {
      FloatVector q = load(query, queryFrom + i);
      v0 = q.fma(load(rows, row0 + i), v0);
      v1 = q.fma(load(rows, row1 + i), v1);
      v2 = q.fma(load(rows, row2 + i), v2);
      v3 = q.fma(load(rows, row3 + i), v3);
    }
    float s0 = v0.reduceLanes(VectorOperators.ADD);
    float s1 = v1.reduceLanes(VectorOperators.ADD);
    float s2 = v2.reduceLanes(VectorOperators.ADD);
    float s3 = v3.reduceLanes(VectorOperators.ADD);
    for (; i < length; i++) {
      float a = query[queryFrom + i];
      s0 += a * rows[row0 + i];
      s1 += a * rows[row1 + i];
      s2 += a * rows[row2 + i];
      s3 += a * rows[row3 + i];
    }
    out[outFrom] = s0;
    out[outFrom + 1] = s1;
    out[outFrom + 2] = s2;
    out[outFrom + 3] = s3;
  }

  private static FloatVector load(float[] array, int from) {
    return FloatVector.fromArray(SPECIES, array, from);
  }

  @Override
  public String toString() {
    return "jdk.incubator.vector, " + SPECIES.vectorBitSize() + " bits";
  }
}
