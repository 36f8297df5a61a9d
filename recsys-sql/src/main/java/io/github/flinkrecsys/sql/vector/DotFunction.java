/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.vector;

import io.github.flinkrecsys.core.vector.VectorOps;
import org.apache.flink.table.annotation.DataTypeHint;
import org.apache.flink.table.functions.ScalarFunction;

/**
 * {@code DOT_PRODUCT(a, b)}: the dot product of two {@code ARRAY<FLOAT>} of one length. Also {@code
 * DOT}, which is a reserved word and must stand in backticks.
 */
public final class DotFunction extends ScalarFunction {
  private static final long serialVersionUID = 1L;

  /** Makes the function. */
  public DotFunction() {}

  /**
   * Computes the product.
   *
   * @param a a vector or null
   * @param b a vector or null
   * @return the product, or null if one is null or holds a null or the lengths differ
   */
  public @DataTypeHint("FLOAT") Float eval(
      @DataTypeHint("ARRAY<FLOAT>") Float[] a, @DataTypeHint("ARRAY<FLOAT>") Float[] b) {
    float[] left = Vectors.unboxed(a);
    float[] right = Vectors.unboxed(b);
    return Vectors.fit(left, right) ? VectorOps.dot(left, 0, right, 0, left.length) : null;
  }
}
