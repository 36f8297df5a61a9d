/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.feature;

import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;
import java.util.List;

/**
 * Which interaction types a feature looks at.
 *
 * @param types sorted, each once; empty for all
 */
public record EventTypes(List<String> types) implements Serializable {
  /** Every type. */
  public static final EventTypes ALL = new EventTypes(List.of());

  /**
   * Checks, sorts and copies.
   *
   * @param types see the record
   * @throws IllegalArgumentException if one is blank
   */
  public EventTypes {
    Checks.notNull("types", types).forEach(type -> Checks.notBlank("type", type));
    types = types.stream().sorted().distinct().toList();
  }

  /**
   * Names types.
   *
   * @param types none for all
   * @return them
   */
  public static EventTypes of(String... types) {
    return new EventTypes(List.of(types));
  }

  /**
   * Tells whether a type is one of these.
   *
   * @param type of an interaction
   * @return true if the feature looks at it
   */
  public boolean contain(String type) {
    return types.isEmpty() || types.contains(type);
  }
}
