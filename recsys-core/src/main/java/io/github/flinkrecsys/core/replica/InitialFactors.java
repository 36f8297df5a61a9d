/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.replica;

import io.github.flinkrecsys.core.util.Hashes;

/**
 * Initial factor vectors: normally distributed, but a function of seed and id alone, so that every
 * place that meets an id for the first time starts it from the same vector.
 */
public final class InitialFactors {
  private InitialFactors() {}

  /**
   * Writes the initial vector of an id.
   *
   * @param idHash {@link Hashes#hash} of the id
   * @param seed of the model
   * @param deviation standard deviation
   * @param into receives {@code length} values
   * @param from index of the first
   * @param length of the vector
   * @implNote O(length); Box-Muller on a counter-based generator.
   */
  public static void write(
      long idHash, long seed, double deviation, float[] into, int from, int length) {
    long state = Hashes.mix(idHash ^ Hashes.mix(seed));
    for (int f = 0; f < length; f += 2) {
      state = Hashes.advance(state);
      // 1 - unit is in (0, 1], so that the logarithm is finite.
      double radius = deviation * Math.sqrt(-2 * Math.log(1 - Hashes.unit(Hashes.mix(state))));
      state = Hashes.advance(state);
      double angle = 2 * Math.PI * Hashes.unit(Hashes.mix(state));
      into[from + f] = (float) (radius * Math.cos(angle));
      if (f + 1 < length) {
        into[from + f + 1] = (float) (radius * Math.sin(angle));
      }
    }
  }
}
