/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.neighbor.ItemNeighbors;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import io.github.flinkrecsys.core.replica.ItemReplica;
import java.util.ArrayList;
import java.util.List;

/**
 * Ranks all items of a replica for one user: by every source alone and by their blend.
 *
 * <p>Only items that somebody has interacted with, that the rule allows and that the user has not
 * seen are candidates. Higher scores come first; equal scores in the order of item ids; scores that
 * are not a number never rank.
 *
 * <p>Holds scratch memory, 60 bytes per slot at most; belongs to one thread. A list is valid until
 * the next call of {@link #rank}.
 */
public final class Ranker {
  private final RankingConfig config;
  private final ItemReplica items;
  private final SlotMarks seen = new SlotMarks();
  private final TopK top;
  private final List<CandidateSource> sources = new ArrayList<>();
  private final NeighborScan neighbors;
  private final List<Candidates> candidates = new ArrayList<>();
  private final List<RankedItems> lists = new ArrayList<>();
  private final List<RankedItems> best;
  private final Blender blender;
  private int seenCount;

  /**
   * Makes a ranker without neighbours, whose weights nobody shares.
   *
   * @param config how lists are made
   * @param items what is ranked
   * @param decay of popularity
   */
  public Ranker(RankingConfig config, ItemReplica items, DecayedCount decay) {
    this(
        config,
        items,
        decay,
        new ItemNeighbors(NeighborConfig.NONE, items, decay),
        new BlendWeights());
  }

  /**
   * Makes a ranker.
   *
   * @param config how lists are made
   * @param items what is ranked
   * @param decay of popularity
   * @param itemNeighbors of the items; none are read if their bound is 0
   * @param weights of the blend, shared and learned
   */
  public Ranker(
      RankingConfig config,
      ItemReplica items,
      DecayedCount decay,
      ItemNeighbors itemNeighbors,
      BlendWeights weights) {
    this.config = config;
    this.items = items;
    this.top = new TopK(config.candidates(), this::compareIds);
    add(new PopularitySource(items, decay), ScoreScale.STANDARD);
    add(new FactorSource(items), ScoreScale.STANDARD);
    config.sources().forEach(factory -> add(factory.open(items), ScoreScale.RATIO));
    if (itemNeighbors.config().maxNeighbors() > 0) {
      this.neighbors = new NeighborScan(itemNeighbors);
      add(Sources.NEIGHBORS, neighbors.all());
      add(Sources.RECENT_NEIGHBORS, neighbors.last());
      add(Sources.SEQUENCE, neighbors.later());
    } else {
      this.neighbors = null;
    }
    this.best = List.copyOf(lists);
    this.blender =
        new Blender(
            config.blend(),
            weights,
            lists.stream().map(RankedItems::source).toList(),
            candidates.toArray(Candidates[]::new),
            config.candidates(),
            this::compareIds);
    this.lists.add(blender.list());
  }

  private void add(CandidateSource source, ScoreScale scale) {
    sources.add(source);
    add(source.name(), new Candidates(scale));
  }

  private void add(String name, Candidates of) {
    if (lists.stream().anyMatch(list -> list.source().equals(name))) {
      throw new IllegalArgumentException("sources must have different names, got two " + name);
    }
    candidates.add(of);
    lists.add(new RankedItems(name, config.candidates()));
  }

  private int compareIds(int a, int b) {
    return items.id(a).compareTo(items.id(b));
  }

  /**
   * Ranks for one user.
   *
   * @param context of the user; one of whom nothing is known gets what is popular
   * @return one list per source, popularity first and factors second, and the blend last;
   *     overwritten by the next call
   * @implNote one pass over all factors and one over all counts, and the neighbours of the recent
   *     items.
   */
  public List<RankedItems> rank(RankingContext context) {
    markSeen(context.seen());
    candidates.forEach(Candidates::clear);
    for (int s = 0; s < sources.size(); s++) {
      sources.get(s).retrieve(context, candidates.get(s));
    }
    if (neighbors != null) {
      neighbors.retrieve(context);
    }
    int eligible = Math.max(1, items.size() - seenCount);
    for (int s = 0; s < best.size(); s++) {
      selectBest(candidates.get(s), eligible, best.get(s));
    }
    if (context.isUnknown()) {
      blender.blendFirst(best.get(0));
    } else {
      blender.blend(best, BlendWeights.segment(context.historyLength()));
    }
    return lists;
  }

  /**
   * Learns blend weights from what the user did after the last {@link #rank}, before which nothing
   * may have learned from it.
   *
   * @param slot of the item that the user turned to, which the user had not seen
   * @param unsent receives the changes too, for other replicas
   */
  public void learn(int slot, BlendWeights unsent) {
    blender.learn(slot, items.size(), this::mayBeRecommended, unsent);
  }

  /**
   * Turns a list into what is served.
   *
   * @param list of {@link #rank}
   * @param k how many items at most
   * @return items with scores, sources and reasons
   */
  public ScoredItem[] describe(RankedItems list, int k) {
    ScoredItem[] described = new ScoredItem[Math.min(k, list.size())];
    for (int rank = 0; rank < described.length; rank++) {
      int slot = list.slots[rank];
      int source = list == blender.list() ? blender.mainSource(slot) : best.indexOf(list);
      int reason = candidates.get(source).reason(slot);
      described[rank] =
          new ScoredItem(
              items.id(slot),
              list.scores[rank],
              best.get(source).source(),
              reason < 0 ? null : items.id(reason));
    }
    return described;
  }

  private void markSeen(SeenItems seenItems) {
    seen.clear();
    seenCount = 0;
    for (int i = 0; seenItems != null && i < seenItems.count; i++) {
      int slot = items.slotOfHash(seenItems.hashes[i]);
      if (slot >= 0) {
        seen.mark(slot);
        seenCount++;
      }
    }
  }

  private void selectBest(Candidates from, int eligible, RankedItems into) {
    double sum = 0;
    double sumOfSquares = 0;
    int scored = 0;
    int count = from.size();
    for (int n = 0; n < count; n++) {
      int slot = from.slot(n);
      float score = from.score(slot);
      if (from.ranks(score) && !seen.isMarked(slot)) {
        sum += score;
        sumOfSquares += (double) score * score;
        scored++;
        offer(slot, score);
      }
    }
    from.summarize(sum, sumOfSquares, scored, eligible);
    into.size = top.drainTo(into.slots, into.scores);
  }

  private void offer(int slot, float score) {
    // Written so that NaN fails; the costlier conditions are asked of few.
    if (score >= top.threshold() && mayBeRecommended(slot)) {
      top.offer(slot, score);
    }
  }

  private boolean mayBeRecommended(int slot) {
    return !seen.isMarked(slot)
        && items.popularity(slot) != DecayedCount.EMPTY
        && config.rule().allows(items.metadata(slot));
  }
}
