/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.core.util.Hashes;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * How sources are blended: with weights per segment of users that are learned from what each user
 * turns to next, starting from given ones.
 *
 * @param weights start weight by name of a source, each in [-{@value #MAX_WEIGHT}, {@value
 *     #MAX_WEIGHT}]; 1 for a source that is not named; {@link Ranker} refuses a name that is
 *     neither a built-in nor an own source's
 * @param learningRate of the weights, in [0, 1]; 0 keeps them fixed
 * @param regularization how strongly weights are drawn to where they started, in [0, 1]
 * @param userShare share of users whose choices are learned from, in [0, 1], drawn by {@link
 *     Hashes#isSampled}
 */
public record BlendConfig(
    Map<String, Double> weights, double learningRate, double regularization, double userShare)
    implements Serializable {
  /** Largest weight, either way. */
  public static final double MAX_WEIGHT = 10;

  /**
   * Checks.
   *
   * @param weights see the record; copied
   * @param learningRate see the record
   * @param regularization see the record
   * @param userShare see the record
   * @throws IllegalArgumentException if one is out of range
   */
  public BlendConfig {
    weights = Checks.copyOf("weights", weights);
    weights.forEach(
        (source, weight) ->
            Checks.require(
                Math.abs(weight) <= MAX_WEIGHT, "weight of " + source, "in [-10.0, 10.0]", weight));
    Checks.require(
        learningRate >= 0 && learningRate <= 1, "learningRate", "in [0.0, 1.0]", learningRate);
    Checks.require(
        regularization >= 0 && regularization <= 1,
        "regularization",
        "in [0.0, 1.0]",
        regularization);
    Checks.require(userShare >= 0 && userShare <= 1, "userShare", "in [0.0, 1.0]", userShare);
  }

  /**
   * Tells whether weights are learned from a user's choices.
   *
   * @param userId of the user
   * @return true if so
   */
  public boolean learnsFrom(String userId) {
    return learningRate > 0 && Hashes.isSampled(userId, userShare);
  }

  /**
   * Starts from the defaults.
   *
   * @return builder: weights that did well on several streams, learned on at rate 0.1
   */
  public static Builder builder() {
    return new Builder();
  }

  double startWeight(String source) {
    return weights.getOrDefault(source, 1.0);
  }

  /** Collects settings; {@link #build} checks them. */
  public static final class Builder {
    private final Map<String, Double> weights =
        new HashMap<>(
            Map.of(
                Sources.GRAPH_WALK, 0.3,
                Sources.POPULARITY, 0.1,
                Sources.FACTORS, 0.5,
                Sources.NEIGHBORS, 1.3,
                Sources.RECENT_NEIGHBORS, 0.5,
                Sources.SEQUENCE, 0.5,
                Sources.SESSION_NEIGHBORS, 0.3,
                Sources.TRENDING, 0.0,
                Sources.CATEGORY_TRENDING, 0.1,
                Sources.CONTENT, 0.1));
    private double learningRate = 0.1;
    private double regularization = 1e-4;
    private double userShare = 1;

    private Builder() {}

    /**
     * Sets a start weight.
     *
     * @param source its name
     * @param value in [-10, 10]
     * @return this
     */
    public Builder weight(String source, double value) {
      weights.put(Checks.notBlank("source", source), value);
      return this;
    }

    /**
     * Keeps the start weights.
     *
     * @return this
     */
    public Builder fixed() {
      learningRate = 0;
      return this;
    }

    /**
     * Sets how fast weights are learned.
     *
     * @param value in [0, 1]
     * @return this
     */
    public Builder learningRate(double value) {
      learningRate = value;
      return this;
    }

    /**
     * Sets how strongly weights are drawn to where they started.
     *
     * @param value in [0, 1]
     * @return this
     */
    public Builder regularization(double value) {
      regularization = value;
      return this;
    }

    /**
     * Sets from how many users weights are learned: each choice that is learned from is one more
     * ranking.
     *
     * @param value share of users, in [0, 1]
     * @return this
     */
    public Builder userShare(double value) {
      userShare = value;
      return this;
    }

    /**
     * Checks and makes the config.
     *
     * @return the config
     * @throws IllegalArgumentException if a value is out of range
     */
    public BlendConfig build() {
      return new BlendConfig(weights, learningRate, regularization, userShare);
    }
  }
}
