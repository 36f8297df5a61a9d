/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.feature;

import io.github.flinkrecsys.core.event.EnrichedInteraction;

/** Keys by which interactions are gathered into features. */
public final class FeatureKeys {
  private FeatureKeys() {}

  /**
   * Keys by user.
   *
   * @param event valid
   * @return the user's id
   */
  public static String user(EnrichedInteraction event) {
    return event.interaction().userId();
  }

  /**
   * Keys by item.
   *
   * @param event valid
   * @return the item's id
   */
  public static String item(EnrichedInteraction event) {
    return event.interaction().itemId();
  }

  /**
   * Keys by user and item.
   *
   * @param event valid
   * @return the pair's key
   */
  public static String pair(EnrichedInteraction event) {
    return pair(event.interaction().userId(), event.interaction().itemId());
  }

  /**
   * Makes the key of a user and an item.
   *
   * @param userId any text
   * @param itemId any text
   * @return a text that no other pair has: the length of the user's id, a colon, and both ids
   */
  public static String pair(String userId, String itemId) {
    return userId.length() + ":" + userId + itemId;
  }
}
