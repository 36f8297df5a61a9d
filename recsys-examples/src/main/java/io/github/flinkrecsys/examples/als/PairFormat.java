/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.als;

/** Formats of pairs of user and item, by the names that the command line takes. */
enum PairFormat {
  /** A user and then its items, with blanks between, on each line. */
  PAIRS_BY_USER("pairs-by-user");

  private final String label;

  PairFormat(String label) {
    this.label = label;
  }

  @Override
  public String toString() {
    return label;
  }
}
