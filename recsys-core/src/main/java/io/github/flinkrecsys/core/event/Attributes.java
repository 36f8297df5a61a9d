/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.event;

import java.util.Arrays;
import java.util.Map;

/**
 * Named string attributes, flat so that every Flink version serializes them as a POJO.
 *
 * @param names attribute names, each at most once
 * @param values {@code values[i]} belongs to {@code names[i]}
 */
public record Attributes(String[] names, String[] values) {
  /** No attribute. */
  public static final Attributes NONE = new Attributes(new String[0], new String[0]);

  /**
   * Makes attributes from a map.
   *
   * @param map name to value
   * @return the same, in the order of the map
   */
  public static Attributes of(Map<String, String> map) {
    return new Attributes(map.keySet().toArray(String[]::new), map.values().toArray(String[]::new));
  }

  /**
   * Looks an attribute up.
   *
   * @param name of the attribute
   * @return its value, or null if it has none
   */
  public String get(String name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        return values[i];
      }
    }
    return null;
  }

  boolean isWellFormed() {
    return names != null
        && values != null
        && names.length == values.length
        && Arrays.stream(names).noneMatch(n -> n == null || n.isEmpty())
        && Arrays.stream(values).noneMatch(v -> v == null);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attributes that
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
