/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.graph;

import io.github.flinkrecsys.core.util.Hashes;

/** A small generator of random numbers: the same seed, the same walk. Belongs to one thread. */
public final class WalkRandom {
  private long state;

  /**
   * Makes a generator.
   *
   * @param seed where it starts
   */
  public WalkRandom(long seed) {
    state = seed;
  }

  /**
   * Starts anew.
   *
   * @param seed where
   */
  public void seed(long seed) {
    state = seed;
  }

  /**
   * Draws a whole number.
   *
   * @param bound positive
   * @return 0 to {@code bound - 1}
   */
  public int below(int bound) {
    return Hashes.below(next(), bound);
  }

  /**
   * Draws a real number.
   *
   * @return in [0, 1)
   */
  public double unit() {
    return Hashes.unit(next());
  }

  private long next() {
    state = Hashes.advance(state);
    return Hashes.mix(state);
  }
}
