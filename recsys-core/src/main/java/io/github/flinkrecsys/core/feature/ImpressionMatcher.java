/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.feature;

import io.github.flinkrecsys.core.event.Interaction;
import java.util.List;

/**
 * Gives each interaction to the one impression that it follows: the newest of the same item that
 * was shown at or before it, if it is still within the waiting time. Of two shown at one time it is
 * the one in the list of lesser id, then the one higher up.
 */
public final class ImpressionMatcher {
  private final ImpressionJoinConfig config;
  private final float highestLabel;

  /**
   * Makes a matcher.
   *
   * @param config what makes a positive example
   */
  public ImpressionMatcher(ImpressionJoinConfig config) {
    this.config = config;
    this.highestLabel = config.highestLabel();
  }

  /**
   * Gives an interaction to its impression, whose label becomes the higher of the two.
   *
   * @param open impressions of the user
   * @param interaction that has a label
   * @return its impression, or null if there is none
   * @implNote O(open).
   */
  public OpenImpression match(List<OpenImpression> open, Interaction interaction) {
    OpenImpression match = null;
    for (OpenImpression candidate : open) {
      if (isWithin(candidate.impression, interaction)
          && (match == null || isNearer(candidate.impression, match.impression))) {
        match = candidate;
      }
    }
    float label = config.labelOf(interaction.type());
    if (match != null && label > match.label) {
      match.label = label;
      match.labeledAtMillis = interaction.timestampMillis();
    }
    return match;
  }

  /**
   * Tells whether an example need not wait any longer.
   *
   * @param open an impression
   * @return true if nothing can change its label
   */
  public boolean isCertain(OpenImpression open) {
    return open.label >= highestLabel;
  }

  private boolean isWithin(Impression shown, Interaction interaction) {
    long time = interaction.timestampMillis();
    return shown.timestampMillis() <= time
        && time <= config.endOf(shown)
        && shown.userId().equals(interaction.userId())
        && shown.itemId().equals(interaction.itemId());
  }

  private static boolean isNearer(Impression shown, Impression than) {
    if (shown.timestampMillis() != than.timestampMillis()) {
      return shown.timestampMillis() > than.timestampMillis();
    }
    int byList = shown.listId().compareTo(than.listId());
    return byList < 0 || byList == 0 && shown.position() < than.position();
  }
}
