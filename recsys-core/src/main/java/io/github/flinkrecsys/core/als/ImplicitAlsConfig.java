/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.als;

import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;

/**
 * Hyperparameters of {@link ImplicitAls}.
 *
 * @param factors length of a vector
 * @param iterations sweeps over all users and then all items
 * @param unobservedWeight mean weight of every pair, seen or not, as a 0; seen pairs weigh 1 more,
 *     as a 1
 * @param popularityExponent how much that weight grows with the number of the item's users: 0 for
 *     the same for all items, 1 for in proportion. Not to turn to what everybody knows says more
 *     than not to turn to what few know
 * @param regularization weight of the vectors' squared lengths, before the scale by frequency
 * @param regularizationExponent how much the regularization of a vector grows with what is known of
 *     it: 0 for the same for all, 1 for in proportion
 * @param initialStandardDeviation of the products of two initial vectors' components: the
 *     components themselves are drawn with this divided by the square root of {@code factors}
 * @param seed of the initial vectors
 * @param threads that a training runs on; they do not change its result
 */
public record ImplicitAlsConfig(
    int factors,
    int iterations,
    double unobservedWeight,
    double popularityExponent,
    double regularization,
    double regularizationExponent,
    double initialStandardDeviation,
    long seed,
    int threads)
    implements Serializable {

  /** Largest number of factors: the squares of that many must be summed, and decomposed. */
  public static final int MAX_FACTORS = 2048;

  /**
   * Checks.
   *
   * @param factors 1 to {@value #MAX_FACTORS}
   * @param iterations at least 1
   * @param unobservedWeight not negative
   * @param popularityExponent not negative, at most 2
   * @param regularization positive, at most 1000
   * @param regularizationExponent not negative
   * @param initialStandardDeviation positive, at most 1000
   * @param seed any
   * @param threads 1 to 1024
   * @throws IllegalArgumentException if a value is out of its range
   */
  public ImplicitAlsConfig {
    Checks.between("factors", factors, 1, MAX_FACTORS);
    Checks.positive("iterations", iterations);
    Checks.nonNegative("unobservedWeight", unobservedWeight);
    Checks.nonNegative("popularityExponent", popularityExponent);
    Checks.require(popularityExponent <= 2, "popularityExponent", "at most 2", popularityExponent);
    Checks.inRange("regularization", regularization, 0, 1000);
    Checks.nonNegative("regularizationExponent", regularizationExponent);
    Checks.inRange("initialStandardDeviation", initialStandardDeviation, 0, 1000);
    Checks.between("threads", threads, 1, 1024);
  }

  /**
   * Starts from the defaults.
   *
   * @return a builder with 512 factors, 6 iterations, unobserved weight 0.01 with popularity
   *     exponent 0, regularization 0.15 with exponent 0.5, initial standard deviation 0.1, seed 42,
   *     and a thread per processor
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Sets some values and leaves the others at their default. */
  public static final class Builder {
    private int factors = 512;
    private int iterations = 6;
    private double unobservedWeight = 0.01;
    private double popularityExponent = 0;
    private double regularization = 0.15;
    private double regularizationExponent = 0.5;
    private double initialStandardDeviation = 0.1;
    private long seed = 42;
    private int threads = Math.min(1024, Runtime.getRuntime().availableProcessors());

    private Builder() {}

    /**
     * Sets the length of a vector.
     *
     * @param factors 1 to {@value ImplicitAlsConfig#MAX_FACTORS}
     * @return this
     */
    public Builder factors(int factors) {
      this.factors = factors;
      return this;
    }

    /**
     * Sets the sweeps.
     *
     * @param iterations at least 1
     * @return this
     */
    public Builder iterations(int iterations) {
      this.iterations = iterations;
      return this;
    }

    /**
     * Sets how much what was not seen counts as unwanted.
     *
     * @param unobservedWeight not negative
     * @return this
     */
    public Builder unobservedWeight(double unobservedWeight) {
      this.unobservedWeight = unobservedWeight;
      return this;
    }

    /**
     * Sets how what was not seen counts more where many others have seen it.
     *
     * @param popularityExponent not negative, at most 2
     * @return this
     */
    public Builder popularityExponent(double popularityExponent) {
      this.popularityExponent = popularityExponent;
      return this;
    }

    /**
     * Sets the weight of the vectors' squared lengths.
     *
     * @param regularization positive
     * @return this
     */
    public Builder regularization(double regularization) {
      this.regularization = regularization;
      return this;
    }

    /**
     * Sets how the regularization grows with frequency.
     *
     * @param regularizationExponent not negative
     * @return this
     */
    public Builder regularizationExponent(double regularizationExponent) {
      this.regularizationExponent = regularizationExponent;
      return this;
    }

    /**
     * Sets the scale of the initial vectors.
     *
     * @param initialStandardDeviation positive
     * @return this
     */
    public Builder initialStandardDeviation(double initialStandardDeviation) {
      this.initialStandardDeviation = initialStandardDeviation;
      return this;
    }

    /**
     * Sets the seed of the initial vectors.
     *
     * @param seed any
     * @return this
     */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Sets the threads of a training.
     *
     * @param threads 1 to 1024
     * @return this
     */
    public Builder threads(int threads) {
      this.threads = threads;
      return this;
    }

    /**
     * Builds.
     *
     * @return the config
     * @throws IllegalArgumentException if a value is out of its range
     */
    public ImplicitAlsConfig build() {
      return new ImplicitAlsConfig(
          factors,
          iterations,
          unobservedWeight,
          popularityExponent,
          regularization,
          regularizationExponent,
          initialStandardDeviation,
          seed,
          threads);
    }
  }
}
