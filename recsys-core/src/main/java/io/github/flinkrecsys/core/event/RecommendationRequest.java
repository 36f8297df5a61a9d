/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.event;

import java.util.Arrays;
import java.util.Objects;

/**
 * Asks for recommendations: for a known user, or for anybody who has turned to certain items.
 *
 * @param userId for whom; empty for an anonymous user, of whom only {@code itemIds} are known
 * @param k how many items; 1 to {@value #MAX_K}
 * @param context free text, for example a page name, that nothing here reads; may be null
 * @param itemIds items to go by instead of what is known of the user, oldest first; at most {@value
 *     #MAX_ITEMS}; empty for what is known
 * @param explain whether the parts of the scores are wanted
 * @param timestampMillis event time, milliseconds since 1970; not negative
 */
public record RecommendationRequest(
    String userId, int k, String context, String[] itemIds, boolean explain, long timestampMillis) {
  /** Largest list that may be asked for. */
  public static final int MAX_K = 1000;

  /** Most items that a request may carry. */
  public static final int MAX_ITEMS = 1000;

  private static final String[] NONE = {};

  /**
   * Replaces missing items by none.
   *
   * @param userId see the record
   * @param k see the record
   * @param context see the record
   * @param itemIds see the record; null for none
   * @param explain see the record
   * @param timestampMillis see the record
   */
  public RecommendationRequest {
    itemIds = itemIds == null ? NONE : itemIds;
  }

  /**
   * Makes a request for a known user.
   *
   * @param userId see the record
   * @param k see the record
   * @param context see the record
   * @param timestampMillis see the record
   */
  public RecommendationRequest(String userId, int k, String context, long timestampMillis) {
    this(userId, k, context, NONE, false, timestampMillis);
  }

  /**
   * Makes a request for an anonymous user.
   *
   * @param itemIds that the user has turned to, oldest first
   * @param k see the record
   * @param timestampMillis see the record
   * @return the request
   */
  public static RecommendationRequest anonymous(String[] itemIds, int k, long timestampMillis) {
    return new RecommendationRequest("", k, null, itemIds, false, timestampMillis);
  }

  /**
   * Tells whether nothing is known of the user but the items of this request.
   *
   * @return true if there is no user id
   */
  public boolean hasNoUser() {
    return userId.isEmpty();
  }

  /**
   * Gives what a stream of requests is keyed by: the user, or, so that anonymous users spread over
   * all subtasks, the last item.
   *
   * @return the key of a valid request
   */
  public String key() {
    return hasNoUser() && itemIds.length > 0 ? itemIds[itemIds.length - 1] : userId;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecommendationRequest that
        && Objects.equals(userId, that.userId)
        && k == that.k
        && Objects.equals(context, that.context)
        && Arrays.equals(itemIds, that.itemIds)
        && explain == that.explain
        && timestampMillis == that.timestampMillis;
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hash(userId, k, context, explain, timestampMillis)
        + Arrays.hashCode(itemIds);
  }

  @Override
  public String toString() {
    return "RecommendationRequest[userId="
        + userId
        + ", k="
        + k
        + ", context="
        + context
        + ", itemIds="
        + Arrays.toString(itemIds)
        + ", explain="
        + explain
        + ", timestampMillis="
        + timestampMillis
        + "]";
  }
}
