/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import java.util.Arrays;
import java.util.Objects;

/**
 * One recommended item.
 *
 * @param itemId which item
 * @param score of the list that it stands in; comparable within that list only
 * @param source that brought it, see {@link Sources}
 * @param becauseItemId the user's own item that is the reason, or null where there is none
 * @param parts of the score by source, where they were asked for; else empty
 */
public record ScoredItem(
    String itemId, float score, String source, String becauseItemId, ScorePart[] parts) {
  static final ScorePart[] NO_PARTS = {};

  /**
   * Makes an item without the parts of its score.
   *
   * @param itemId see the record
   * @param score see the record
   * @param source see the record
   * @param becauseItemId see the record
   */
  public ScoredItem(String itemId, float score, String source, String becauseItemId) {
    this(itemId, score, source, becauseItemId, NO_PARTS);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScoredItem that
        && Objects.equals(itemId, that.itemId)
        && Float.compare(score, that.score) == 0
        && Objects.equals(source, that.source)
        && Objects.equals(becauseItemId, that.becauseItemId)
        && Arrays.equals(parts, that.parts);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hashCode(itemId) + Float.hashCode(score);
  }

  @Override
  public String toString() {
    return "ScoredItem["
        + itemId
        + " "
        + score
        + " by "
        + source
        + (becauseItemId == null ? "" : " because of " + becauseItemId)
        + (parts.length == 0 ? "" : " " + Arrays.toString(parts))
        + "]";
  }
}
