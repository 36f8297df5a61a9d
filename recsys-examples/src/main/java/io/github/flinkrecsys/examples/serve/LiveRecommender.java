/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

import io.github.flinkrecsys.core.ranking.RecommendationList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Makes lists on request. Used by many threads at once. */
public interface LiveRecommender {
  /**
   * Asks for a list.
   *
   * @param userId for whom; empty for an anonymous user, of whom only {@code itemIds} are known
   * @param itemIds to go by, oldest first; empty for what is known of the user
   * @param k how many items
   * @param explain whether the parts of the scores are wanted
   * @return the answer; cancelled by a caller who no longer waits for it, and failed with {@link
   *     java.util.concurrent.RejectedExecutionException} if nobody is there to answer or too many
   *     requests are open
   */
  CompletableFuture<RecommendationList> ask(
      String userId, List<String> itemIds, int k, boolean explain);
}
