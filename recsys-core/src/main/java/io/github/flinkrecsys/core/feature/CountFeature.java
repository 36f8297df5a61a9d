/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.feature;

import io.github.flinkrecsys.core.event.EnrichedInteraction;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.util.Checks;

/**
 * Number of interactions with exponential decay.
 *
 * @param name of the feature
 * @param types counted, each interaction as 1
 * @param decay of the count
 */
public record CountFeature(String name, EventTypes types, DecayedCount decay) implements Feature {
  /**
   * Checks.
   *
   * @param name see the record
   * @param types see the record
   * @param decay see the record
   * @throws IllegalArgumentException if one is missing
   */
  public CountFeature {
    FeatureConfig.checkName(name);
    Checks.notNull("types", types);
    Checks.notNull("decay", decay);
  }

  @Override
  public String signature() {
    return "count " + name + " " + types.types() + " " + decay.halfLifeMillis();
  }

  @Override
  public int sums() {
    return 1;
  }

  @Override
  public void add(FeatureState state, int sumsAt, int bucketsAt, Interaction interaction) {
    if (types.contain(interaction.type())) {
      double one = decay.of(1, interaction.timestampMillis());
      state.sums[sumsAt] = DecayedCount.add(state.sums[sumsAt], one);
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
    values[at] = (float) decay.valueAt(state.sums[sumsAt], state.newestMillis);
  }
}
