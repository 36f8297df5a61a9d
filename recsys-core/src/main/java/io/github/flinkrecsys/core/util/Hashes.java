/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.util;

/**
 * Hashes whose values are part of the state contract: initial factor vectors, negative samples and
 * seen-item filters are derived from them, so they never change between releases.
 */
public final class Hashes {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final long PRIME = 0x100000001B3L;

  private Hashes() {}

  /**
   * Hashes an id to 64 well-mixed bits, never 0.
   *
   * @param id any string
   * @return hash of its UTF-16 units; not 0, so that 0 can mean "empty" in tables
   * @implNote O(length), no allocation; FNV-1a over characters, finished by {@link #mix}.
   */
  public static long hash(String id) {
    long h = 0xCBF29CE484222325L;
    for (int i = 0, n = id.length(); i < n; i++) {
      h = (h ^ id.charAt(i)) * PRIME;
    }
    long mixed = mix(h);
    return mixed == 0 ? GOLDEN_GAMMA : mixed;
  }

  /**
   * Spreads every input bit over all output bits; a bijection.
   *
   * @param value any
   * @return the mixed bits
   * @see <a href="https://doi.org/10.1145/2660193.2660195">Steele, Lea and Flood, 2014</a>
   */
  public static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /**
   * Steps a counter-based generator: the next value for {@code state} is {@code mix(state)}, the
   * next state {@code advance(state)}.
   *
   * @param state any
   * @return the following state
   */
  public static long advance(long state) {
    return state + GOLDEN_GAMMA;
  }

  /**
   * Maps 64 random bits to {@code [0, bound)} without division.
   *
   * @param bits well-mixed
   * @param bound positive
   * @return an index below {@code bound}, uniform up to a bias of {@code bound / 2^32}
   */
  public static int below(long bits, int bound) {
    return (int) (((bits >>> 32) * bound) >>> 32);
  }

  /**
   * Maps 64 random bits to {@code [0, 1)}.
   *
   * @param bits well-mixed
   * @return a multiple of 2^-53
   */
  public static double unit(long bits) {
    return (bits >>> 11) * 0x1.0p-53;
  }

  /**
   * Draws a share of all ids: always the same ones, and for a larger share those and more.
   *
   * @param id any id
   * @param share in [0, 1]
   * @return whether the id is drawn
   */
  public static boolean isSampled(String id, double share) {
    return share >= 1 || unit(mix(hash(id))) < share;
  }
}
