/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.replica.ItemReplica;
import java.util.List;

/**
 * Ranks all items of a replica for one user: exactly, by every source alone and by their blend.
 *
 * <p>Only items that somebody has interacted with, that the rule allows and that the user has not
 * seen are candidates. Higher scores come first; equal scores in the order of item ids; scores that
 * are not a number never rank.
 *
 * <p>Holds scratch memory, 8 bytes per slot at most; belongs to one thread. A list is valid until
 * the next call of {@link #rank}.
 */
public final class Ranker {
  private final RankingConfig config;
  private final ItemReplica items;
  private final DecayedCount decay;
  private final SlotMarks seen = new SlotMarks();
  private final FactorRetrieval retrieval;
  private final TopK top;
  private final RankedItems popularity;
  private final RankedItems factors;
  private final Blender blender;

  /**
   * Makes a ranker.
   *
   * @param config how lists are made
   * @param items what is ranked
   * @param decay of popularity
   */
  public Ranker(RankingConfig config, ItemReplica items, DecayedCount decay) {
    this.config = config;
    this.items = items;
    this.decay = decay;
    this.retrieval = FactorRetrieval.bySize(items, config.factorScanUpTo());
    int depth = config.candidates();
    this.top = new TopK(depth, this::compareIds);
    this.popularity = new RankedItems(Sources.POPULARITY, depth);
    this.factors = new RankedItems(Sources.FACTORS, depth);
    this.blender = new Blender(2 * depth, this::compareIds);
  }

  private int compareIds(int a, int b) {
    return items.id(a).compareTo(items.id(b));
  }

  /**
   * Ranks for one user.
   *
   * @param user factors, then bias, or null if the user is not known: popularity alone
   * @param seenItems not to be recommended, or null if there are none
   * @param atMillis event time as of which popularity decays
   * @return popularity, factors (empty for an unknown user) and blend, in that order; overwritten
   *     by the next call
   * @implNote one pass over all factors, or their codes, and one over all counts.
   */
  public List<RankedItems> rank(float[] user, SeenItems seenItems, long atMillis) {
    markSeen(seenItems);
    rankByPopularity(atMillis);
    factors.size = 0;
    if (user != null) {
      rankByFactors(user);
    }
    double weight = user == null ? 1 : config.popularityWeight();
    RankedItems blend = blender.blend(factors, 1, popularity, weight);
    return List.of(popularity, factors, blend);
  }

  /**
   * Turns a list into what is served.
   *
   * @param list of {@link #rank}
   * @param k how many items at most
   * @return items with scores and sources
   */
  public ScoredItem[] describe(RankedItems list, int k) {
    ScoredItem[] described = new ScoredItem[Math.min(k, list.size())];
    for (int rank = 0; rank < described.length; rank++) {
      String source = list == blender.list() ? blender.sourceOf(rank) : list.source();
      described[rank] = new ScoredItem(items.id(list.slots[rank]), list.scores[rank], source, null);
    }
    return described;
  }

  private void markSeen(SeenItems seenItems) {
    seen.clear();
    if (seenItems != null) {
      for (int i = 0; i < seenItems.count; i++) {
        int slot = items.slotOfHash(seenItems.hashes[i]);
        if (slot >= 0) {
          seen.mark(slot);
        }
      }
    }
  }

  private void rankByPopularity(long atMillis) {
    double age = decay.logAt(atMillis);
    int size = items.size();
    for (int from = 0; from < size; from += ItemReplica.CHUNK_ROWS) {
      double[] counts = items.popularities(from);
      int rows = Math.min(ItemReplica.CHUNK_ROWS, size - from);
      for (int row = 0; row < rows; row++) {
        offer(from + row, (float) (counts[row] - age));
      }
    }
    drain(popularity);
  }

  private void rankByFactors(float[] user) {
    retrieval.retrieve(user, this::isCandidate, top);
    drain(factors);
  }

  private void offer(int slot, float score) {
    // Written so that NaN fails; the costlier conditions are asked of few.
    if (score >= top.threshold() && isCandidate(slot)) {
      top.offer(slot, score);
    }
  }

  private boolean isCandidate(int slot) {
    return items.popularity(slot) != DecayedCount.EMPTY
        && !seen.isMarked(slot)
        && config.rule().allows(items.metadata(slot));
  }

  private void drain(RankedItems into) {
    into.size = top.drainTo(into.slots, into.scores);
  }
}
