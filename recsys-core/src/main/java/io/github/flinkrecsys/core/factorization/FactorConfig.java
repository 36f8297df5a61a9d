/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.factorization;

import io.github.flinkrecsys.core.event.ConfidenceWeights;
import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;

/**
 * Hyperparameters of a factor model. Made by {@link #pairwise()}, {@link #positive()} or {@link
 * #rating()}, each with its own defaults.
 *
 * @param objective what is learned
 * @param factors length of the vectors, 1 to 4096
 * @param learningRate step size of the factors, in (0, 1]
 * @param biasLearningRate step size of the biases, in [0, 1]; 0 leaves biases out
 * @param regularization L2 penalty of factors and biases, in [0, 1]
 * @param iterations steps per interaction, 1 to 100; {@link Objective#POSITIVE} only
 * @param negatives sampled items per interaction, 1 to 1000; {@link Objective#PAIRWISE} only
 * @param initialDeviation standard deviation of new vectors, in [0, 1]
 * @param maxError largest error, confidence included, that a step follows; positive
 * @param seed of initial vectors and negative samples
 * @param confidence how much each interaction type counts
 * @param ratings range of the ratings; {@link Objective#RATING} only
 */
public record FactorConfig(
    Objective objective,
    int factors,
    double learningRate,
    double biasLearningRate,
    double regularization,
    int iterations,
    int negatives,
    double initialDeviation,
    double maxError,
    long seed,
    ConfidenceWeights confidence,
    RatingScale ratings)
    implements Serializable {

  /**
   * Checks.
   *
   * @param objective see the record
   * @param factors see the record
   * @param learningRate see the record
   * @param biasLearningRate see the record
   * @param regularization see the record
   * @param iterations see the record
   * @param negatives see the record
   * @param initialDeviation see the record
   * @param maxError see the record
   * @param seed see the record
   * @param confidence see the record
   * @param ratings see the record
   * @throws IllegalArgumentException if one is out of range
   */
  public FactorConfig {
    Checks.notNull("objective", objective);
    Checks.between("factors", factors, 1, 4096);
    Checks.inRange("learningRate", learningRate, 0, 1);
    inUnit("biasLearningRate", biasLearningRate);
    inUnit("regularization", regularization);
    Checks.between("iterations", iterations, 1, 100);
    Checks.between("negatives", negatives, 1, 1000);
    inUnit("initialDeviation", initialDeviation);
    Checks.inRange("maxError", maxError, 0, Double.MAX_VALUE);
    Checks.notNull("confidence", confidence);
    Checks.notNull("ratings", ratings);
  }

  private static void inUnit(String name, double value) {
    Checks.require(value >= 0 && value <= 1, name, "in [0.0, 1.0]", value);
  }

  /**
   * Starts from the defaults of BPR with sampled negatives: the choice for clicks, views,
   * purchases.
   *
   * @return builder: 64 factors, rate 0.08, regularization 0.015, 10 negatives, rate of the biases
   *     0.03
   */
  public static Builder pairwise() {
    return new Builder(Objective.PAIRWISE);
  }

  /**
   * Starts from the defaults of ISGD: cheapest per event.
   *
   * @return builder: 32 factors, rate 0.05, regularization 0.01
   */
  public static Builder positive() {
    Builder builder = new Builder(Objective.POSITIVE);
    builder.factors = 32;
    builder.learningRate = 0.05;
    builder.regularization = 0.01;
    builder.biasLearningRate = 0;
    return builder;
  }

  /**
   * Starts from the defaults of biased matrix factorization: the choice for explicit ratings.
   *
   * @return builder: stars of 1 to 5, 20 factors, rate 0.1, regularization 0.005, rate of the
   *     biases 0.06
   */
  public static Builder rating() {
    Builder builder = new Builder(Objective.RATING);
    builder.factors = 20;
    builder.learningRate = 0.1;
    builder.biasLearningRate = 0.06;
    builder.regularization = 0.005;
    builder.initialDeviation = 0.07;
    builder.maxError = 10;
    return builder;
  }

  /** Collects hyperparameters; {@link #build} checks them. */
  public static final class Builder {
    private final Objective objective;
    private int factors = 64;
    private double learningRate = 0.08;
    private double biasLearningRate = 0.03;
    private double regularization = 0.015;
    private int iterations = 1;
    private int negatives = 10;
    private double initialDeviation = 0.1;
    private double maxError = 2;
    private long seed = 42;
    private ConfidenceWeights confidence = ConfidenceWeights.EQUAL;
    private RatingScale ratings = RatingScale.STARS;

    private Builder(Objective objective) {
      this.objective = objective;
    }

    /**
     * Sets the length of the vectors.
     *
     * @param value 1 to 4096
     * @return this
     */
    public Builder factors(int value) {
      factors = value;
      return this;
    }

    /**
     * Sets the step size of the factors.
     *
     * @param value in (0, 1]
     * @return this
     */
    public Builder learningRate(double value) {
      learningRate = value;
      return this;
    }

    /**
     * Sets the step size of the biases.
     *
     * @param value in [0, 1]; 0 leaves biases out
     * @return this
     */
    public Builder biasLearningRate(double value) {
      biasLearningRate = value;
      return this;
    }

    /**
     * Sets the L2 penalty.
     *
     * @param value in [0, 1]
     * @return this
     */
    public Builder regularization(double value) {
      regularization = value;
      return this;
    }

    /**
     * Sets the steps per interaction of {@link Objective#POSITIVE}.
     *
     * @param value 1 to 100
     * @return this
     */
    public Builder iterations(int value) {
      iterations = value;
      return this;
    }

    /**
     * Sets the sampled items per interaction of {@link Objective#PAIRWISE}.
     *
     * @param value 1 to 1000
     * @return this
     */
    public Builder negatives(int value) {
      negatives = value;
      return this;
    }

    /**
     * Sets the standard deviation of new vectors.
     *
     * @param value in [0, 1]
     * @return this
     */
    public Builder initialDeviation(double value) {
      initialDeviation = value;
      return this;
    }

    /**
     * Sets the largest error that a step follows.
     *
     * @param value positive; of ratings in quarters of their range
     * @return this
     */
    public Builder maxError(double value) {
      maxError = value;
      return this;
    }

    /**
     * Sets the seed of initial vectors and negative samples.
     *
     * @param value any
     * @return this
     */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /**
     * Sets how much each interaction type counts.
     *
     * @param value weights
     * @return this
     */
    public Builder confidence(ConfidenceWeights value) {
      confidence = value;
      return this;
    }

    /**
     * Sets the range of ratings of {@link Objective#RATING}; others are refused.
     *
     * @param value range
     * @return this
     */
    public Builder ratings(RatingScale value) {
      ratings = value;
      return this;
    }

    /**
     * Checks and makes the config.
     *
     * @return the config
     * @throws IllegalArgumentException if a value is out of range
     */
    public FactorConfig build() {
      return new FactorConfig(
          objective,
          factors,
          learningRate,
          biasLearningRate,
          regularization,
          iterations,
          negatives,
          initialDeviation,
          maxError,
          seed,
          confidence,
          ratings);
    }
  }
}
