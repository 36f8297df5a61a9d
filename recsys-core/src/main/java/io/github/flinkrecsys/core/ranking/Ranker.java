/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.replica.ModelProgress;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.core.util.Hashes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Ranks all items of a replica for one user: by every source alone and by their blend.
 *
 * <p>Only items that the rule allows and that the user has not seen are candidates, and of those
 * that nobody has interacted with only what a source proposes by itself. Higher scores come first;
 * equal scores in the order of item ids; scores that are not a number never rank.
 *
 * <p>Holds scratch memory, 24 bytes per slot and 16 more for each source that adds up scores;
 * belongs to one thread. A list is valid until the next call of {@link #rank}.
 */
public final class Ranker implements AutoCloseable {
  /** Items asked of similar sessions, in lengths of a list: some may not be recommended. */
  private static final int SESSION_DEPTHS = 1;

  private final RankingConfig config;
  private final ItemReplica items;
  private final ModelProgress offline;
  private final Eligibility eligibility;
  private final List<CandidateSource> sources = new ArrayList<>();
  private final List<Candidates> candidates = new ArrayList<>();
  private final List<SourceFaults> faults = new ArrayList<>();
  private final FactorScores factors;
  private final NeighborScan neighbors;
  private final List<SourceScores> scores = new ArrayList<>();
  private final List<RankedItems> lists = new ArrayList<>();
  private final List<RankedItems> best;
  private final Blender blender;
  private final ListMaker listMaker;
  private final Fallback fallback;
  private final String policyDescription;
  private RankingContext context;
  private long sourceFailures;

  /**
   * Makes a ranker.
   *
   * @param config how lists are made
   * @param models what is ranked and by what
   * @throws IllegalArgumentException if two sources have one name or a source a reserved one, or if
   *     a weight names a source that there is not
   */
  public Ranker(RankingConfig config, ItemModels models) {
    this.config = config;
    this.items = models.items();
    this.offline = models.offline();
    this.eligibility = new Eligibility(items, config.rule());
    add(new PopularitySource(items, models.decay()), ScoreScale.STANDARD);
    this.factors =
        new FactorScores(items, config.factorScanUpTo(), config.candidates(), this::compareIds);
    add(Sources.FACTORS, factors);
    config.sources().forEach(factory -> add(factory.open(items), ScoreScale.RATIO));
    if (models.trends().config().trendSize() > 0) {
      add(new TrendSource(models.trends()), ScoreScale.RATIO);
      add(new CategoryTrendSource(items, models.trends()), ScoreScale.RATIO);
    }
    if (models.content().isOn()) {
      add(new ContentSource(items, models.content()), ScoreScale.RATIO);
    }
    if (models.sessions().config().maxSessions() > 0) {
      add(
          new SessionSource(
              items,
              models.sessions(),
              config.sessionNeighbors(),
              SESSION_DEPTHS * config.candidates(),
              config.sessionGap()),
          ScoreScale.RATIO);
    }
    if (models.graph().config().isOn()) {
      add(new GraphWalkSource(items, models.graph(), config.graphWalk()), ScoreScale.RATIO);
    }
    if (models.neighbors().config().maxNeighbors() > 0) {
      this.neighbors = new NeighborScan(models.neighbors(), config.candidates(), this::compareIds);
      add(Sources.NEIGHBORS, neighbors.all());
      add(Sources.RECENT_NEIGHBORS, neighbors.last());
      add(Sources.SEQUENCE, neighbors.later());
    } else {
      this.neighbors = null;
    }
    this.best = List.copyOf(lists);
    config.blend().weights().keySet().forEach(this::checkIsSource);
    this.blender =
        new Blender(
            config.blend(),
            models.blend(),
            lists.stream().map(RankedItems::source).toList(),
            scores.toArray(SourceScores[]::new),
            config.candidates(),
            this::compareIds);
    this.lists.add(blender.list());
    this.listMaker = new ListMaker(config.policy(), items, models.decay(), eligibility);
    this.fallback = new Fallback(scores.get(0), best.get(0), eligibility, this::compareIds);
    this.policyDescription = config.policy().description();
  }

  private void add(CandidateSource source, ScoreScale scale) {
    Candidates found = new Candidates(scale, config.candidates(), this::compareIds, items::size);
    sources.add(source);
    candidates.add(found);
    faults.add(new SourceFaults(source.name()));
    add(source.name(), found);
  }

  /** A built-in source may be switched off; its start weight then waits for nothing. */
  private void checkIsSource(String weighted) {
    boolean isKnown =
        Sources.BUILT_IN.contains(weighted)
            || best.stream().anyMatch(list -> list.source().equals(weighted));
    Checks.require(isKnown, "weight", "of a source that there is", weighted);
  }

  private void add(String name, SourceScores of) {
    Checks.notBlank("name of a source", name);
    Checks.require(
        !Sources.RESERVED.contains(name),
        "name of a source",
        "none of the reserved " + Sources.RESERVED,
        name);
    if (lists.stream().anyMatch(list -> list.source().equals(name))) {
      throw new IllegalArgumentException("sources must have different names, got two " + name);
    }
    scores.add(of);
    lists.add(new RankedItems(name, config.candidates()));
  }

  private int compareIds(int a, int b) {
    return items.id(a).compareTo(items.id(b));
  }

  /**
   * Ranks for one user.
   *
   * @param context of the user; one of whom nothing is known gets the items that lead by decayed
   *     counts, {@link Sources#POPULARITY}
   * @return one list per source, popularity first and factors second, and the blend last;
   *     overwritten by the next call
   * @implNote one pass over all factors, or their codes, and one over all counts, and the
   *     neighbours of the recent items.
   */
  public List<RankedItems> rank(RankingContext context) {
    rank(context, null, true);
    return lists;
  }

  /**
   * Ranks for one user by the blend alone, for {@link #recommend}: what {@link #rank} does but for
   * the order within the lists of the sources, which nobody sees.
   *
   * @param context of the user; one of whom nothing is known gets the items that lead by decayed
   *     counts, {@link Sources#POPULARITY}
   */
  public void rankBlend(RankingContext context) {
    rank(context, null, false);
  }

  /**
   * The same without what the policy holds back because it was shown of late.
   *
   * @param context of the user; one of whom nothing is known gets what is popular
   * @param served what the user was shown, or null if nobody remembers
   */
  public void rankBlend(RankingContext context, ServedItems served) {
    rank(context, config.policy().remembersServed() ? served : null, false);
  }

  private void rank(RankingContext context, ServedItems served, boolean sourcesInOrder) {
    long servedSince = context.atMillis() - config.policy().servedFor().toMillis();
    eligibility.begin(context.seen(), served, servedSince);
    factors.begin(context.user(), eligibility);
    for (int s = 0; s < sources.size(); s++) {
      candidates.get(s).clear();
      retrieve(context, s);
      candidates.get(s).summarize(eligibility);
      if (s == 0) {
        // What is popular is what somebody has interacted with; other sources compare with that.
        eligibility.setCount(candidates.get(0).count());
      }
    }
    if (neighbors != null) {
      neighbors.retrieve(context, eligibility);
    }
    for (int s = 0; s < best.size(); s++) {
      // What is popular fills lists that are too short, so its order always matters.
      scores.get(s).selectBest(eligibility, best.get(s), sourcesInOrder || s == 0);
    }
    this.context = context;
    if (context.isUnknown()) {
      blender.blendFirst(best.get(0));
    } else {
      blender.blend(best, BlendWeights.segment(context.historyLength()));
    }
  }

  /** A source that throws has no candidates for this request. */
  private void retrieve(RankingContext context, int source) {
    Candidates found = candidates.get(source);
    try {
      sources.get(source).retrieve(context, found);
    } catch (RuntimeException e) {
      found.clear();
      faults.get(source).failures++;
      sourceFailures++;
    }
    faults.get(source).refused += found.takeRefused();
  }

  /**
   * Counts the rankings for which a source threw and was passed over.
   *
   * @return how many since the last call
   */
  public long takeSourceFailures() {
    long failures = sourceFailures;
    sourceFailures = 0;
    return failures;
  }

  /**
   * Tells what has gone wrong with the sources that propose items.
   *
   * @return one per source, their counts growing from call to call of {@link #rank}
   */
  public List<SourceFaults> sourceFaults() {
    return Collections.unmodifiableList(faults);
  }

  /**
   * Counts the times that the rule threw and an item was held back.
   *
   * @return how many since the last call
   */
  public long takeRuleFailures() {
    return eligibility.takeRuleFailures();
  }

  /**
   * Makes the list that is served, of what the last {@link #rank} or {@link #rankBlend} found and
   * by the policy of the config. Where fewer than {@code k} items are ranked, or caps hold them
   * back, what is popular fills the list, and {@link RecommendationList#policy} says so.
   *
   * @param userId for whom
   * @param k how many items at most
   * @param served receives what is in the list, where the policy asks for it; or null if nobody
   *     remembers
   * @param withParts whether the parts of the scores are wanted
   * @return the list
   * @implNote a list that stays short costs up to three more passes over all counts, and a look at
   *     the metadata of the 10,000 most popular items.
   */
  public RecommendationList recommend(String userId, int k, ServedItems served, boolean withParts) {
    long atMillis = context.atMillis();
    long seed = Hashes.mix(Hashes.hash(userId) + Hashes.mix(atMillis));
    RankedItems ranked = blender.list();
    fallback.begin();
    listMaker.make(ranked, fallback, k, atMillis, seed);
    if (neighbors != null) {
      neighbors.explain(listMaker.slots(), listMaker.size());
    }
    ScoredItem[] items = new ScoredItem[listMaker.size()];
    boolean isFallback = context.isUnknown() || ranked.size == 0;
    for (int place = 0; place < items.length; place++) {
      items[place] = describe(place, withParts);
      if (served != null && config.policy().remembersServed()) {
        served.add(
            this.items.idHash(listMaker.slot(place)), atMillis, config.policy().maxServedItems());
      }
    }
    String made = isFallback ? RecommendationList.FALLBACK : RecommendationList.BLEND;
    String filled = listMaker.isFilled() ? "; filled=" + best.get(0).source() : "";
    return new RecommendationList(
        userId, atMillis, offline.loadedVersion(), made + policyDescription + filled, items);
  }

  private ScoredItem describe(int place, boolean withParts) {
    int slot = listMaker.slot(place);
    ScorePart[] parts = withParts ? blender.parts(slot) : ScoredItem.NO_PARTS;
    return switch (listMaker.origin(place)) {
      case EXPLORED ->
          new ScoredItem(items.id(slot), blender.score(slot), Sources.EXPLORATION, null, parts);
      case FALLBACK ->
          new ScoredItem(items.id(slot), blender.score(slot), best.get(0).source(), null, parts);
      case RANKED -> {
        int source = blender.mainSource(slot);
        int reason = scores.get(source).reason(slot);
        yield new ScoredItem(
            items.id(slot),
            listMaker.score(place),
            best.get(source).source(),
            reason < 0 ? null : items.id(reason),
            parts);
      }
    };
  }

  /**
   * Learns blend weights from what the user did after the last {@link #rank}, before which nothing
   * may have learned from it.
   *
   * @param slot of the item that the user turned to, which the user had not seen
   * @param unsent receives the changes too, for other replicas
   */
  public void learn(int slot, BlendWeights unsent) {
    blender.learn(slot, items.size(), eligibility, unsent);
  }

  /**
   * Closes all sources, also those behind one that throws.
   *
   * @throws RuntimeException what the first of them threw, with what others threw suppressed
   */
  @Override
  public void close() {
    RuntimeException first = null;
    for (CandidateSource source : sources) {
      try {
        source.close();
      } catch (RuntimeException e) {
        if (first == null) {
          first = e;
        } else if (first != e) {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
