/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.core.util.TopK;

/**
 * Finds the items of a replica with the largest scores {@code b_i + p_u . q_i}.
 *
 * <p>The filter is asked only about items whose score may enter the list, so that it may be costly.
 * Scores that are not a number never rank. Factors may change meanwhile: an item counts as its row
 * stands when it is read. New items are found from the next call on.
 *
 * <p>Holds scratch memory; belongs to one thread.
 */
public interface FactorRetrieval {

  /**
   * Retrieves for one user.
   *
   * @param user factors, then bias, which does not count
   * @param atLeast what a score must reach
   * @param filter of candidates
   * @param into receives them; what it already holds competes with them
   * @return how many it was offered
   */
  int retrieve(float[] user, float atLeast, SlotFilter filter, TopK into);

  /**
   * Chooses by the size of the catalogue, at every call, between a scan of all factors and a scan
   * of their codes of one byte each, which gives the same list in a fraction of the time and costs
   * {@code factors + 4} bytes per item, once per replica.
   *
   * @param items what is searched
   * @param factorsUpTo how many items are searched without codes, at least 0
   * @return the retrieval
   * @throws IllegalArgumentException if the number is negative
   */
  static FactorRetrieval bySize(ItemReplica items, int factorsUpTo) {
    Checks.nonNegative("factorsUpTo", factorsUpTo);
    FactorScan factors = new FactorScan(items);
    FactorRetrieval codes = new CodeScan(items, factors);
    return (user, atLeast, filter, into) ->
        (items.size() <= factorsUpTo ? factors : codes).retrieve(user, atLeast, filter, into);
  }
}
