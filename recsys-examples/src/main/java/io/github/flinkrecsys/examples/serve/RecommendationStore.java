/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

import io.github.flinkrecsys.core.ranking.RecommendationList;
import java.util.Optional;

/** Where the newest list of each user is found. Used by many threads at once. */
public interface RecommendationStore {
  /**
   * Looks a user up.
   *
   * @param userId not empty
   * @return the newest list that is kept, or nothing
   * @throws Exception if the store cannot be read now
   */
  Optional<RecommendationList> get(String userId) throws Exception;
}
