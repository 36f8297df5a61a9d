/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.event;

import java.util.Arrays;
import java.util.Map;

/**
 * Named numeric features, flat so that every Flink version serializes them as a POJO.
 *
 * @param names feature names, each at most once
 * @param values {@code values[i]} belongs to {@code names[i]}; finite
 */
public record Features(String[] names, double[] values) {
  /** No feature. */
  public static final Features NONE = new Features(new String[0], new double[0]);

  /**
   * Makes features from a map.
   *
   * @param map name to value
   * @return the same, in the order of the map
   */
  public static Features of(Map<String, Double> map) {
    return new Features(
        map.keySet().toArray(String[]::new),
        map.values().stream().mapToDouble(Double::doubleValue).toArray());
  }

  /**
   * Looks a feature up.
   *
   * @param name of the feature
   * @return its value, or NaN if it has none
   */
  public double get(String name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        return values[i];
      }
    }
    return Double.NaN;
  }

  boolean isWellFormed() {
    return names != null
        && values != null
        && names.length == values.length
        && Arrays.stream(names).noneMatch(n -> n == null || n.isEmpty())
        && Arrays.stream(values).allMatch(Double::isFinite);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Features that
        && Arrays.equals(names, that.names)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(names) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(names) + " = " + Arrays.toString(values);
  }
}
