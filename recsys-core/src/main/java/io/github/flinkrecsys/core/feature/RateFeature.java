/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.feature;

import io.github.flinkrecsys.core.event.EnrichedInteraction;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.util.Checks;

/**
 * A smoothed rate, for example clicks per impression: the mean of the beta posterior {@code
 * (successes + strength * prior) / (trials + strength)} over decayed counts, at most 1.
 *
 * <p>The prior is given, not learned while the job runs: a learned one would depend on which keys
 * share a subtask, and so on parallelism.
 *
 * @param name of the feature
 * @param successes types of what is hoped for, each interaction counts 1
 * @param trials types of what it is hoped for from, each interaction counts 1
 * @param decay of both counts
 * @param prior rate of a key of which nothing is known, in (0, 1]
 * @param strength how many trials the prior is worth; positive
 * @see "Gelman et al., Bayesian Data Analysis, 3rd edition, 2013, on the beta-binomial model"
 */
public record RateFeature(
    String name,
    EventTypes successes,
    EventTypes trials,
    DecayedCount decay,
    double prior,
    double strength)
    implements Feature {
  /**
   * Checks.
   *
   * @param name see the record
   * @param successes see the record
   * @param trials see the record
   * @param decay see the record
   * @param prior see the record
   * @param strength see the record
   * @throws IllegalArgumentException if a value is out of its range
   */
  public RateFeature {
    FeatureConfig.checkName(name);
    Checks.notNull("successes", successes);
    Checks.notNull("trials", trials);
    Checks.notNull("decay", decay);
    Checks.inRange("prior", prior, 0, 1);
    Checks.inRange("strength", strength, 0, Double.MAX_VALUE);
  }

  @Override
  public String signature() {
    return "rate "
        + name
        + " "
        + successes.types()
        + " "
        + trials.types()
        + " "
        + decay.halfLifeMillis()
        + " "
        + prior
        + " "
        + strength;
  }

  @Override
  public int sums() {
    return 2;
  }

  @Override
  public void add(FeatureState state, int sumsAt, int bucketsAt, Interaction interaction) {
    double one = decay.of(1, interaction.timestampMillis());
    if (successes.contain(interaction.type())) {
      state.sums[sumsAt] = DecayedCount.add(state.sums[sumsAt], one);
    }
    if (trials.contain(interaction.type())) {
      state.sums[sumsAt + 1] = DecayedCount.add(state.sums[sumsAt + 1], one);
    }
  }

  @Override
  public void write(
      FeatureState state,
      int sumsAt,
      int bucketsAt,
      EnrichedInteraction interaction,
      float[] values,
      int at) {
    double hits = decay.valueAt(state.sums[sumsAt], state.newestMillis);
    double tries = decay.valueAt(state.sums[sumsAt + 1], state.newestMillis);
    values[at] = (float) Math.min(1, (hits + strength * prior) / (tries + strength));
  }
}
