/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.als;

import io.github.flinkrecsys.core.util.Checks;

/**
 * What a model file says of itself before its first row.
 *
 * @param version of the model; a newer one has a higher number
 * @param factors length of every vector
 * @param users how many rows of users there are
 * @param items how many rows of items come after them
 */
public record FactorModelHeader(long version, int factors, int users, int items) {
  /** Largest number of factors of a file: a vector must not fill the heap of who reads it. */
  public static final int MAX_FACTORS = 65_536;

  /**
   * Checks.
   *
   * @param version not negative
   * @param factors 1 to {@value #MAX_FACTORS}
   * @param users not negative
   * @param items not negative
   * @throws IllegalArgumentException if a value is out of its range
   */
  public FactorModelHeader {
    Checks.nonNegative("version", version);
    Checks.between("factors", factors, 1, MAX_FACTORS);
    Checks.nonNegative("users", users);
    Checks.nonNegative("items", items);
  }

  long rows() {
    return (long) users + items;
  }
}
