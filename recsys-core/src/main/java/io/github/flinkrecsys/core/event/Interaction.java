/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.event;

/**
 * One thing that a user did with an item.
 *
 * @param userId who; non-empty
 * @param itemId with what; non-empty
 * @param type what was done, an open set: "view", "click", "cart", "purchase", "rating", ...
 * @param weight strength within its type: the stars of a rating, a quantity, seconds watched; 1
 *     where there is none; finite
 * @param timestampMillis event time, milliseconds since 1970; not negative
 */
public record Interaction(
    String userId, String itemId, String type, double weight, long timestampMillis) {

  /** Type that is assumed where a format names none. */
  public static final String CLICK = "click";

  /** Type of an explicit rating; its weight is the rating. */
  public static final String RATING = "rating";

  /**
   * Makes a click of weight 1.
   *
   * @param userId who
   * @param itemId on what
   * @param timestampMillis when
   * @return the interaction
   */
  public static Interaction click(String userId, String itemId, long timestampMillis) {
    return new Interaction(userId, itemId, CLICK, 1.0, timestampMillis);
  }
}
