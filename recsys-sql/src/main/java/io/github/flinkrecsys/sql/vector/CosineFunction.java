/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.vector;

import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;

/** {@code COSINE(a, b)}: the cosine of the angle of two {@code ARRAY<FLOAT>} of one length. */
public final class CosineFunction extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  /** Makes the function. */
  public CosineFunction() {}

  /**
   * Computes the cosine.
   *
   * @param a a vector or null
   * @param b a vector or null
   * @return -1 to 1, or null if one is null or holds a null, the lengths differ, or one has no
   *     direction: it is 0 or has an element that is not finite
   */
  public @DataTypeHint("FLOAT") Float eval(
      @DataTypeHint("ARRAY<FLOAT>") Float[] a, @DataTypeHint("ARRAY<FLOAT>") Float[] b) {
    float[] left = Vectors.unboxed(a);
    float[] right = Vectors.unboxed(b);
    if (!Vectors.fit(left, right)) {
      return null;
    }
    double lengths = Math.sqrt(dot(left, left)) * Math.sqrt(dot(right, right));
    double cosine = dot(left, right) / lengths;
    return Double.isFinite(cosine) ? (float) Math.max(-1, Math.min(1, cosine)) : null;
  }

  /** In doubles: the square of a float beyond 1e19, or below 1e-23, is none. */
  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
