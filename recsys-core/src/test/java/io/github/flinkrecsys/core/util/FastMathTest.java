/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.util;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FastMathTest {
  @Test
  void powersOfTwoAreClose() {
    Random random = new Random(1);
    for (int n = 0; n < 100_000; n++) {
      double x = random.nextDouble() * 250 - 125;
      assertThat(FastMath.exp2(x) / Math.pow(2, x)).as("%s", x).isCloseTo(1, within(2e-4));
    }
    assertThat(FastMath.exp2(-200)).isZero();
    assertThat(FastMath.exp2(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(FastMath.exp2(Double.NaN)).isZero();
    assertThat(FastMath.exp2(200)).isEqualTo(Float.POSITIVE_INFINITY);
  }

  @Test
  void logarithmsAreCloseAndGrow() {
    Random random = new Random(2);
    double last = FastMath.log1p(0);
    assertThat(last).isZero();
    for (double x = 1e-6; x < 1e300; x *= 1 + random.nextDouble() / 100) {
      double logarithm = FastMath.log1p(x);
      assertThat(logarithm).as("%s", x).isCloseTo(Math.log1p(x), within(3e-7)).isGreaterThan(last);
      last = logarithm;
    }
    assertThat(FastMath.log1p(Double.NaN)).isNaN();
    assertThat(FastMath.log1p(Double.POSITIVE_INFINITY)).isNaN();
  }
}
