/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.feature;

import io.github.flinkrecsys.core.event.EnrichedInteraction;
import io.github.flinkrecsys.core.event.Interaction;
import java.util.Arrays;
import java.util.List;

/**
 * Computes the features of a config. The state of a key is the caller's.
 *
 * <p>Decayed counts, windows and times do not depend on the order in which interactions arrive, but
 * for the rounding of the sums; they are read as of the newest interaction of the key. An
 * interaction older than a whole window is not in it.
 */
public final class FeatureExtractor {
  private final List<Feature> features;
  private final long version;
  private final int width;
  private final int sums;
  private final int buckets;

  /**
   * Lays out state and vectors.
   *
   * @param config which features
   */
  public FeatureExtractor(FeatureConfig config) {
    features = config.features();
    version = config.version();
    width = features.stream().mapToInt(Feature::width).sum();
    sums = features.stream().mapToInt(Feature::sums).sum();
    buckets = features.stream().mapToInt(Feature::buckets).sum();
  }

  /**
   * Makes the state of a new key.
   *
   * @return a state in which nothing has happened
   */
  public FeatureState newState() {
    FeatureState state = new FeatureState();
    state.version = version;
    state.sums = new double[sums];
    Arrays.fill(state.sums, DecayedCount.EMPTY);
    state.buckets = new int[buckets];
    return state;
  }

  /**
   * Tells whether a state was made for this config.
   *
   * @param state of a key
   * @return false if it must be replaced by a {@linkplain #newState new one}
   */
  public boolean fits(FeatureState state) {
    return state.version == version;
  }

  /**
   * Learns from an interaction.
   *
   * @param state of its key, changed
   * @param interaction valid
   * @implNote O(features), and where time passes the buckets that it clears; no allocation.
   */
  public void add(FeatureState state, Interaction interaction) {
    long newest = Math.max(state.newestMillis, interaction.timestampMillis());
    if (newest > state.newestMillis) {
      int bucketsAt = 0;
      for (Feature feature : features) {
        feature.advance(state, bucketsAt, newest);
        bucketsAt += feature.buckets();
      }
      state.newestMillis = newest;
    }
    int sumsAt = 0;
    int bucketsAt = 0;
    for (Feature feature : features) {
      feature.add(state, sumsAt, bucketsAt, interaction);
      sumsAt += feature.sums();
      bucketsAt += feature.buckets();
    }
  }

  /**
   * Reads the features as of the newest interaction.
   *
   * @param state of the key, with an interaction at least
   * @param interaction whose categories are wanted
   * @return a value per {@linkplain FeatureConfig#names name}, all finite
   * @implNote O(values + buckets).
   */
  public float[] values(FeatureState state, EnrichedInteraction interaction) {
    float[] values = new float[width];
    int at = 0;
    int sumsAt = 0;
    int bucketsAt = 0;
    for (Feature feature : features) {
      feature.write(state, sumsAt, bucketsAt, interaction, values, at);
      at += feature.width();
      sumsAt += feature.sums();
      bucketsAt += feature.buckets();
    }
    return values;
  }
}
