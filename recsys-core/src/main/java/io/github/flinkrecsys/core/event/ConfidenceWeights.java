/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.event;

import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * How much a positive interaction of each type counts when a model learns from it; 1 for every type
 * that is not named.
 *
 * @param byType type to weight, each 0 or positive and finite as a {@code float}; 0 means that the
 *     type is not learned from
 */
public record ConfidenceWeights(Map<String, Double> byType) implements Serializable {
  /** Every type counts 1. */
  public static final ConfidenceWeights EQUAL = new ConfidenceWeights(Map.of());

  /**
   * Checks and copies.
   *
   * @param byType type to weight
   * @throws IllegalArgumentException if a weight is missing or out of range
   */
  public ConfidenceWeights {
    Checks.notNull("byType", byType);
    byType.forEach(ConfidenceWeights::check);
    byType = new HashMap<>(byType);
  }

  private static void check(String type, Double weight) {
    Checks.notNull("type", type);
    // Models learn in floats, where a tiny weight would be 0 and a huge one infinite.
    float asFloat = weight == null ? Float.NaN : weight.floatValue();
    boolean isUsable = asFloat > 0 && asFloat <= Float.MAX_VALUE || weight != null && weight == 0;
    Checks.require(
        isUsable, "confidence of " + type, "0, or positive and finite as a float", weight);
  }

  /**
   * Gives the least that an interaction counts which counts at all.
   *
   * @return smallest positive weight, at most 1
   */
  public double smallest() {
    return byType.values().stream()
        .filter(weight -> weight > 0)
        .mapToDouble(weight -> weight)
        .reduce(1, Math::min);
  }

  /**
   * Tells how much an interaction counts.
   *
   * @param type of the interaction
   * @return its weight, 1 if none was set
   */
  public float of(String type) {
    Double weight = byType.isEmpty() ? null : byType.get(type);
    return weight == null ? 1f : weight.floatValue();
  }
}
