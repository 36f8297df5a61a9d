/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.replica.ItemReplica;
import java.io.Serializable;

/**
 * Brings candidates for a user, from memory. Belongs to one thread.
 *
 * <p>Own sources are added by {@link RankingConfig.Builder#source}; they are blended, evaluated,
 * weighted and explained like the built-in ones.
 */
public interface CandidateSource {
  /**
   * Names the source in results, metrics and reports.
   *
   * @return a name that no other source has, always the same; {@value Sources#BLEND} and {@value
   *     Sources#EXPLORATION} are reserved
   */
  String name();

  /**
   * Brings candidates. Those that may not be recommended may be among them; they are left out.
   *
   * @param context of the user
   * @param into receives items with their scores and reasons
   */
  void retrieve(RankingContext context, Candidates into);

  /** Frees what it holds outside the heap; called once, when the subtask ends. */
  default void close() {}

  /** Makes a source in each subtask. */
  @FunctionalInterface
  interface Factory extends Serializable {
    /**
     * Makes a source.
     *
     * @param items whose slots it uses
     * @return the source
     */
    CandidateSource open(ItemReplica items);
  }
}
