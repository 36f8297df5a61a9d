/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.replica.QuantizedRows;
import io.github.flinkrecsys.core.vector.VectorKernels;

/**
 * A user's factors as small integers, and how far a score computed from them and from codes of an
 * item can be off.
 *
 * <p>With {@code u} the user, {@code v = scale * codes}, and an item {@code q} whose codes {@code
 * c} times its scale {@code s} are off by {@code s / 2} at most: {@code u.q - v.sc = v.(q - sc) +
 * (u - v).q}, whose magnitude is at most {@code s * (|v| / 2 + 127 |u - v|)} in the sum norm.
 */
final class QuantizedQuery {
  /** What the codes of one group of columns may sum up to, after rounding. */
  private static final int MAX_GROUP_SUM = ((1 << 15) - 1) / QuantizedRows.MAX_CODE;

  /** Bound of the relative rounding of sums, of which the exact score is one. */
  private final double rounding;

  final short[] codes;
  float scale;

  /** Bound of the error of a product, to be multiplied by the item's scale. */
  float margin;

  QuantizedQuery(int factors) {
    codes = new short[factors];
    rounding = (factors + 8) * 0x1p-23;
  }

  void set(float[] user) {
    // Rounding adds at most a half per column.
    float largest = largestGroup(user) / (MAX_GROUP_SUM - VectorKernels.GROUP_COLUMNS / 2);
    scale = largest > 0 ? largest : 1;
    double sum = 0;
    double error = 0;
    double magnitude = 0;
    for (int c = 0; c < codes.length; c++) {
      codes[c] = (short) Math.round(user[c] / scale);
      float coded = codes[c] * scale;
      magnitude += Math.abs(user[c]);
      sum += Math.abs(coded);
      error += Math.abs(user[c] - coded);
    }
    margin = (float) (sum / 2 + QuantizedRows.MAX_CODE * (error + rounding * magnitude));
  }

  private float largestGroup(float[] user) {
    float largest = 0;
    float sum = 0;
    for (int c = 0; c < codes.length; c++) {
      sum = c % VectorKernels.GROUP_COLUMNS == 0 ? 0 : sum;
      sum += Math.abs(user[c]);
      largest = Math.max(largest, sum);
    }
    return largest;
  }
}
