/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.neighbor;

import io.github.flinkrecsys.core.feature.DecayedCount;

/**
 * One item seen together with another by one user, for the list of one of the two. A pair of an
 * item with itself is an interaction with it, and says how often there were any.
 *
 * @param itemId whose list this is for
 * @param neighborId the other item
 * @param forward how much it counts that the neighbour came later
 * @param backward how much it counts that it came earlier
 * @param neighborCount decayed count of interactions with the neighbour, in the stored form of
 *     {@link DecayedCount}; {@link DecayedCount#EMPTY} until its owner has filled it in
 * @param timestampMillis event time of the later of the two
 */
public record ItemPair(
    String itemId,
    String neighborId,
    float forward,
    float backward,
    double neighborCount,
    long timestampMillis) {

  /**
   * Tells whether this is a plain interaction.
   *
   * @return true if both items are the same
   */
  public boolean isSelf() {
    return itemId.equals(neighborId);
  }
}
