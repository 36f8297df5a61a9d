/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.event;

/**
 * An interaction with what was known about its user and its item when it happened.
 *
 * @param interaction what happened
 * @param user the user's profile as of the interaction's time, or null if none was known
 * @param item the item's metadata as of the interaction's time, or null if none were known
 */
public record EnrichedInteraction(Interaction interaction, UserProfile user, ItemMetadata item) {
  /**
   * Makes one of which nothing more is known.
   *
   * @param interaction what happened
   * @return it, without profile and metadata
   */
  public static EnrichedInteraction of(Interaction interaction) {
    return new EnrichedInteraction(interaction, null, null);
  }

  /**
   * Sets the profile.
   *
   * @param profile of the user, may be null
   * @return a copy with the profile
   */
  public EnrichedInteraction withUser(UserProfile profile) {
    return new EnrichedInteraction(interaction, profile, item);
  }

  /**
   * Sets the metadata.
   *
   * @param metadata of the item, may be null
   * @return a copy with the metadata
   */
  public EnrichedInteraction withItem(ItemMetadata metadata) {
    return new EnrichedInteraction(interaction, user, metadata);
  }
}
