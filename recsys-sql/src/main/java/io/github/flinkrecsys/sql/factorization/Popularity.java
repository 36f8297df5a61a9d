/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.factorization;

import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.util.Checks;
import java.time.Duration;

/** The decay of popularity that {@code FACTORIZE} and {@code TOP_K} share. */
public final class Popularity {
  private static final Duration DEFAULT_HALF_LIFE = Duration.ofDays(90);

  private Popularity() {}

  /**
   * Makes the arithmetic.
   *
   * @param halfLife argument of the call, or null if it is not given
   * @return the arithmetic
   * @throws IllegalArgumentException if it is not positive
   */
  public static DecayedCount decay(Duration halfLife) {
    Duration value = halfLife == null ? DEFAULT_HALF_LIFE : halfLife;
    return DecayedCount.withHalfLife(Checks.positive("half_life", value));
  }
}
