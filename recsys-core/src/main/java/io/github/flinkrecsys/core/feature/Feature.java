/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.feature;

import io.github.flinkrecsys.core.event.EnrichedInteraction;
import io.github.flinkrecsys.core.event.Interaction;
import java.io.Serializable;

/**
 * One declared feature: its parameters, and how it keeps its part of a {@link FeatureState}. Made
 * by {@link FeatureConfig.Builder}, driven by {@link FeatureExtractor}.
 */
public sealed interface Feature extends Serializable
    permits CategoryFeature, CountFeature, RateFeature, TimeSinceFeature, WindowFeature {

  /**
   * Gives the name.
   *
   * @return unique within a config
   */
  String name();

  /**
   * Gives the text that decides whether two configs mean the same.
   *
   * @return kind, name and every parameter
   */
  String signature();

  /**
   * Tells how many values it has in a vector.
   *
   * @return 1, or more if it is one-hot
   */
  default int width() {
    return 1;
  }

  /**
   * Tells how many elements of {@link FeatureState#sums} it needs.
   *
   * @return number of elements
   */
  default int sums() {
    return 0;
  }

  /**
   * Tells how many elements of {@link FeatureState#buckets} it needs.
   *
   * @return number of elements
   */
  default int buckets() {
    return 0;
  }

  /**
   * Makes place for a newer time than the state has, before the state takes it.
   *
   * @param state of the key
   * @param at first of its buckets
   * @param newestMillis newer than {@code state.newestMillis}
   */
  default void advance(FeatureState state, int at, long newestMillis) {}

  /**
   * Learns from an interaction, not newer than the state.
   *
   * @param state of the key
   * @param sumsAt first of its sums
   * @param bucketsAt first of its buckets
   * @param interaction valid
   */
  default void add(FeatureState state, int sumsAt, int bucketsAt, Interaction interaction) {}

  /**
   * Writes its values as of the newest interaction of the state.
   *
   * @param state of the key
   * @param sumsAt first of its sums
   * @param bucketsAt first of its buckets
   * @param interaction that the vector is made for
   * @param values receives {@link #width} finite values
   * @param at where the first goes; all are 0 before
   */
  void write(
      FeatureState state,
      int sumsAt,
      int bucketsAt,
      EnrichedInteraction interaction,
      float[] values,
      int at);
}
