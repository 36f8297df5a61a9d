/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.util;

/** Approximations for inner loops where the exact function would take most of the time. */
public final class FastMath {
  private static final int EXPONENT_BIAS = 127;
  private static final int FRACTION_BITS = 23;
  private static final int DOUBLE_BIAS = 1023;
  private static final int DOUBLE_FRACTION_BITS = 52;
  private static final long DOUBLE_FRACTION = (1L << DOUBLE_FRACTION_BITS) - 1;
  private static final double LN2 = Math.log(2);

  /** How log2(1 + x) - x bends over [0, 1], divided by x (1 - x); the highest power first. */
  private static final double[] BEND = {
    -0.0152090769, 0.0633257742, -0.1297037027, 0.1954363531, -0.2778877889, 0.4426664396
  };

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

  /**
   * Gives the natural logarithm of one more, within 3e-7 of the value.
   *
   * @param x not negative
   * @return {@code ln(1 + x)}; NaN for NaN and infinity
   */
  public static double log1p(double x) {
    long bits = Double.doubleToRawLongBits(1 + x);
    int exponent = (int) (bits >>> DOUBLE_FRACTION_BITS) - DOUBLE_BIAS;
    if (!(x < Double.MAX_VALUE)) {
      return Double.NaN;
    }
    double part =
        Double.longBitsToDouble(bits & DOUBLE_FRACTION | (long) DOUBLE_BIAS << DOUBLE_FRACTION_BITS)
            - 1;
    double bend = BEND[0];
    for (int power = 1; power < BEND.length; power++) {
      bend = bend * part + BEND[power];
    }
    return LN2 * (exponent + part + part * (1 - part) * bend);
  }
}
