/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.util;

/** Approximations for inner loops where the exact function would take most of the time. */
public final class FastMath {
  private static final int EXPONENT_BIAS = 127;
  private static final int FRACTION_BITS = 23;

  private FastMath() {}

  /**
   * Raises two to a power, within 2e-4 of the value.
   *
   * @param x the power
   * @return {@code 2^x}; 0 below -126, {@link Float#POSITIVE_INFINITY} above 127
   */
  public static float exp2(double x) {
    if (!(x >= 1 - EXPONENT_BIAS)) {
      return 0;
    }
    if (x > EXPONENT_BIAS) {
      return Float.POSITIVE_INFINITY;
    }
    int whole = (int) Math.floor(x);
    float part = (float) (x - whole);
    // Cubic through both ends of [0, 1] with the least largest error in between.
    float mantissa = 1 + part * (0.695976f + part * (0.2244943f + part * 0.0795297f));
    return mantissa * Float.intBitsToFloat((whole + EXPONENT_BIAS) << FRACTION_BITS);
  }
}
