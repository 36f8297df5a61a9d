/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.feature;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What makes an impression a positive example, and how long it may take.
 *
 * @param waiting event time after an impression within which an interaction is its
 * @param labels interaction type to label, positive; other types are left out
 * @param maxOpen impressions of one key that may be open, and interactions of one key that may wait
 *     for the watermark
 */
public record ImpressionJoinConfig(Duration waiting, Map<String, Float> labels, int maxOpen)
    implements Serializable {
  /**
   * Checks and copies.
   *
   * @param waiting see the record
   * @param labels see the record
   * @param maxOpen see the record
   * @throws IllegalArgumentException if a value is out of its range
   */
  public ImpressionJoinConfig {
    Checks.positive("waiting", waiting);
    Checks.require(
        labels != null && !labels.isEmpty(), "labels", "given for one type at least", labels);
    labels = new HashMap<>(Checks.copyOf("labels", labels));
    labels.forEach((type, label) -> Checks.inRange("label of " + type, label, 0, Float.MAX_VALUE));
    Checks.positive("maxOpen", maxOpen);
  }

  /**
   * Starts from the defaults.
   *
   * @return a builder with a wait of 30 minutes, label 1 for clicks, and 1000 open impressions
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Gives the label of a type.
   *
   * @param type of an interaction
   * @return its label, or 0 if it has none
   */
  public float labelOf(String type) {
    Float label = labels.get(type);
    return label == null ? 0 : label;
  }

  /**
   * Gives the label after which no better one can come.
   *
   * @return the highest label
   */
  public float highestLabel() {
    return labels.values().stream().reduce(0f, Math::max);
  }

  /**
   * Tells until when an impression is open.
   *
   * @param impression that was shown
   * @return event time of its last interaction
   */
  public long endOf(Impression impression) {
    // The end of time itself is when bounded inputs end.
    long latest = Long.MAX_VALUE - 1 - waiting.toMillis();
    return Math.min(latest, impression.timestampMillis()) + waiting.toMillis();
  }

  /** Sets some values and leaves the others at their default. */
  public static final class Builder {
    private Duration waiting = Duration.ofMinutes(30);
    private Map<String, Float> labels = Map.of(Interaction.CLICK, 1f);
    private int maxOpen = 1000;

    private Builder() {}

    /**
     * Sets how long an impression waits for interactions.
     *
     * @param waiting at least 1 ms
     * @return this
     */
    public Builder waiting(Duration waiting) {
      this.waiting = waiting;
      return this;
    }

    /**
     * Sets the labels.
     *
     * @param labels interaction type to label, positive
     * @return this
     */
    public Builder labels(Map<String, Float> labels) {
      this.labels = labels;
      return this;
    }

    /**
     * Sets how much of one key may be open.
     *
     * @param maxOpen at least 1
     * @return this
     */
    public Builder maxOpen(int maxOpen) {
      this.maxOpen = maxOpen;
      return this;
    }

    /**
     * Builds.
     *
     * @return the config
     * @throws IllegalArgumentException if a value is out of its range
     */
    public ImpressionJoinConfig build() {
      return new ImpressionJoinConfig(waiting, labels, maxOpen);
    }
  }
}
