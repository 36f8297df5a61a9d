/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.feature;

import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;
import java.time.Duration;

/**
 * Arithmetic of exponentially decayed counts that are held as one number each.
 *
 * <p>A count that decays by half every {@code halfLife} is stored as the forward-decayed logarithm
 * {@code s = log2(sum_i w_i * 2^(t_i / halfLife))}. That number does not change while time passes,
 * so counts of different items compare without knowing the time; adding is commutative and
 * associative; and nothing overflows, however long the stream runs. The count as of time {@code t}
 * is {@code 2^(s - t / halfLife)}. An empty count is {@link #EMPTY}.
 *
 * <p>A half-life of {@link #NEVER} turns decay off.
 *
 * @param halfLifeMillis time after which a weight counts half, in milliseconds; 0 for no decay
 * @see <a href="https://doi.org/10.1109/ICDE.2009.65">Cormode, Shkapenyuk, Srivastava and Xu,
 *     Forward Decay, 2009</a>
 */
public record DecayedCount(long halfLifeMillis) implements Serializable {
  /** Logarithm of a count to which nothing was added. */
  public static final double EMPTY = Double.NEGATIVE_INFINITY;

  /** Half-life that means "no decay". */
  public static final Duration NEVER = Duration.ZERO;

  private static final double LN2 = Math.log(2);

  /**
   * Beyond this difference of logarithms the smaller count vanishes in the larger one's rounding.
   */
  private static final double NEGLIGIBLE = 54;

  /**
   * Checks.
   *
   * @param halfLifeMillis see the record
   * @throws IllegalArgumentException if it is negative
   */
  public DecayedCount {
    Checks.require(
        halfLifeMillis >= 0, "halfLifeMillis", "non-negative (0 for no decay)", halfLifeMillis);
  }

  /**
   * Makes the arithmetic of a half-life.
   *
   * @param halfLife at least 1 ms, or {@link #NEVER}
   * @return the arithmetic
   * @throws IllegalArgumentException if it is negative or shorter than 1 ms
   */
  public static DecayedCount withHalfLife(Duration halfLife) {
    Checks.notNull("halfLife", halfLife);
    return new DecayedCount(
        halfLife.isZero() ? 0 : Checks.positive("halfLife", halfLife).toMillis());
  }

  /**
   * Gives the stored form of one event.
   *
   * @param weight of the event; a weight that is not positive counts nothing
   * @param timestampMillis its event time
   * @return logarithm to be added with {@link #add}
   */
  public double of(double weight, long timestampMillis) {
    if (!(weight > 0)) {
      return EMPTY;
    }
    return weight == 1 ? logAt(timestampMillis) : log2(weight) + logAt(timestampMillis);
  }

  /**
   * Adds two counts.
   *
   * @param a stored form
   * @param b stored form
   * @return stored form of the sum
   */
  public static double add(double a, double b) {
    double high = Math.max(a, b);
    double difference = high - Math.min(a, b);
    // Also true for infinities, whose difference is infinite or NaN.
    if (!(difference < NEGLIGIBLE)) {
      return high;
    }
    // Not log1p, which is several times slower: what rounding loses here is 1e-16 of the sum.
    return high + Math.log(1 + Math.exp(-difference * LN2)) / LN2;
  }

  /**
   * Reads a count.
   *
   * @param stored stored form
   * @param atMillis time as of which to read
   * @return the decayed sum of weights, at least 0
   */
  public double valueAt(double stored, long atMillis) {
    return stored == EMPTY ? 0 : Math.exp((stored - logAt(atMillis)) * LN2);
  }

  /**
   * Tells when a count will have decayed to a floor.
   *
   * @param stored stored form, not {@link #EMPTY}
   * @param floor positive
   * @return the first millisecond at which the count is at most {@code floor}, or {@link
   *     Long#MAX_VALUE} if it never decays
   */
  public long reaches(double stored, double floor) {
    return halfLifeMillis == 0
        ? Long.MAX_VALUE
        : (long) Math.ceil((stored - log2(floor)) * halfLifeMillis);
  }

  /**
   * Gives the stored form of a count that is 1 at a time, so that {@code stored - logAt(t)} is the
   * binary logarithm of the count as of {@code t}.
   *
   * @param atMillis time
   * @return {@code atMillis / halfLife}, or 0 without decay
   */
  public double logAt(long atMillis) {
    return halfLifeMillis == 0 ? 0 : (double) atMillis / halfLifeMillis;
  }

  private static double log2(double value) {
    return Math.log(value) / LN2;
  }
}
