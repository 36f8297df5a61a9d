/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.factorization;

import java.util.Arrays;

/**
 * A vector of an offline model, on its way into the running one.
 *
 * @param version of the model, at least 1; a newer model has a higher number
 * @param items how many items the model has, so that a replica knows when it has all of them
 * @param isItem whether the vector is an item's, else a user's
 * @param id of the item or user
 * @param factors the vector, without bias
 */
public record ModelRow(long version, int items, boolean isItem, String id, float[] factors) {

  /**
   * Tells what is wrong with a row.
   *
   * @param row may be null
   * @param factors how many the running model has
   * @return the reason for refusing it, or null if there is none
   */
  public static String violation(ModelRow row, int factors) {
    if (row == null) {
      return "row must be given, got null";
    }
    if (row.id == null || row.id.isBlank()) {
      return "id must be not blank, got " + row.id;
    }
    if (row.version < 1) {
      return "version must be at least 1, got " + row.version;
    }
    if (row.items < 1) {
      return "items must be at least 1, got " + row.items;
    }
    if (row.factors == null || row.factors.length != factors) {
      return "factors must be "
          + factors
          + " of the running model, got "
          + (row.factors == null ? "null" : row.factors.length);
    }
    for (float factor : row.factors) {
      if (!Float.isFinite(factor)) {
        return "factors must be finite, got " + factor;
      }
    }
    return null;
  }

  /**
   * Moves a vector of the running model to this one.
   *
   * @param vector factors, then whatever is behind them; changed in place
   * @param learnedShare how much of the running vector is kept, 0 to 1
   */
  void moveTo(float[] vector, double learnedShare) {
    for (int f = 0; f < factors.length; f++) {
      vector[f] = (float) (factors[f] + learnedShare * (vector[f] - factors[f]));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModelRow that
        && version == that.version
        && items == that.items
        && isItem == that.isItem
        && id.equals(that.id)
        && Arrays.equals(factors, that.factors);
  }

  @Override
  public int hashCode() {
    return 31 * id.hashCode() + Long.hashCode(version);
  }

  @Override
  public String toString() {
    return "ModelRow[version="
        + version
        + ", "
        + (isItem ? "item " : "user ")
        + id
        + ", factors="
        + (factors == null ? "null" : factors.length)
        + "]";
  }
}
