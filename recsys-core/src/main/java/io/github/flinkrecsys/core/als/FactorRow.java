/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.als;

/**
 * A row of a model: whose vector, and the vector.
 *
 * @param side whether it is a user's or an item's
 * @param id of the user or item
 * @param factors the vector; belongs to whoever was given the row
 */
public record FactorRow(Side side, String id, float[] factors) {

  /** The two kinds of rows. */
  public enum Side {
    /** A user. */
    USER,
    /** An item. */
    ITEM
  }
}
