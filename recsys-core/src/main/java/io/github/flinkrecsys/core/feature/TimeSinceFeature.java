/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.feature;

import io.github.flinkrecsys.core.event.EnrichedInteraction;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.util.Checks;

/**
 * Seconds since the last interaction of some types, at most a cap; the cap where there was none.
 *
 * @param name of the feature
 * @param types looked for
 * @param capMillis longest time told apart
 */
public record TimeSinceFeature(String name, EventTypes types, long capMillis) implements Feature {
  /**
   * Checks.
   *
   * @param name see the record
   * @param types see the record
   * @param capMillis see the record
   * @throws IllegalArgumentException if a value is out of its range
   */
  public TimeSinceFeature {
    FeatureConfig.checkName(name);
    Checks.notNull("types", types);
    Checks.positive("capMillis", capMillis);
  }

  @Override
  public String signature() {
    return "time-since " + name + " " + types.types() + " " + capMillis;
  }

  @Override
  public int sums() {
    return 1;
  }

  @Override
  public void add(FeatureState state, int sumsAt, int bucketsAt, Interaction interaction) {
    if (types.contain(interaction.type())) {
      state.sums[sumsAt] = Math.max(state.sums[sumsAt], interaction.timestampMillis());
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
    values[at] = (float) (Math.min(capMillis, state.newestMillis - state.sums[sumsAt]) / 1000);
  }
}
