/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.feature;

import io.github.flinkrecsys.core.event.EnrichedInteraction;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.util.Checks;

/**
 * Number of interactions in a sliding window: a ring of buckets, the newest of which is still
 * filling. The window so is between {@code ring - 1} and {@code ring} buckets long.
 *
 * @param name of the feature
 * @param types counted, each interaction as 1
 * @param bucketMillis length of a bucket; buckets are aligned to 1970 in UTC
 * @param ring number of buckets, 1 to {@value #MAX_BUCKETS}
 */
public record WindowFeature(String name, EventTypes types, long bucketMillis, int ring)
    implements Feature {
  /** Most buckets of a window; each costs 4 bytes per key. */
  public static final int MAX_BUCKETS = 1000;

  /**
   * Checks.
   *
   * @param name see the record
   * @param types see the record
   * @param bucketMillis see the record
   * @param ring see the record
   * @throws IllegalArgumentException if a value is out of its range
   */
  public WindowFeature {
    FeatureConfig.checkName(name);
    Checks.notNull("types", types);
    Checks.positive("bucketMillis", bucketMillis);
    Checks.between("buckets", ring, 1, MAX_BUCKETS);
  }

  @Override
  public String signature() {
    return "window " + name + " " + types.types() + " " + bucketMillis + " " + ring;
  }

  @Override
  public int buckets() {
    return ring;
  }

  @Override
  public void advance(FeatureState state, int at, long newestMillis) {
    if (state.newestMillis == FeatureState.NONE) {
      return;
    }
    long newest = newestMillis / bucketMillis;
    long cleared = Math.max(state.newestMillis / bucketMillis, newest - ring);
    while (cleared < newest) {
      cleared++;
      state.buckets[at + (int) (cleared % ring)] = 0;
    }
  }

  @Override
  public void add(FeatureState state, int sumsAt, int bucketsAt, Interaction interaction) {
    long bucket = interaction.timestampMillis() / bucketMillis;
    if (types.contain(interaction.type()) && bucket > state.newestMillis / bucketMillis - ring) {
      state.buckets[bucketsAt + (int) (bucket % ring)]++;
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
    long count = 0;
    for (int i = 0; i < ring; i++) {
      count += state.buckets[bucketsAt + i];
    }
    values[at] = count;
  }
}
