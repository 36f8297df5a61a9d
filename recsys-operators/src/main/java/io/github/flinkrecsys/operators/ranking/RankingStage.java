/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.ranking;

import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.factorization.FoldIn;
import io.github.flinkrecsys.core.neighbor.RecentItems;
import io.github.flinkrecsys.core.ranking.BlendWeights;
import io.github.flinkrecsys.core.ranking.RankedItems;
import io.github.flinkrecsys.core.ranking.Ranker;
import io.github.flinkrecsys.core.ranking.RankingContext;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.SeenItems;
import io.github.flinkrecsys.core.ranking.ServedItems;
import io.github.flinkrecsys.core.ranking.UserHistory;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.session.OpenSession;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.operators.replica.SharedReplica;
import io.github.flinkrecsys.operators.util.EventTimeTtl;
import io.github.flinkrecsys.operators.util.MetricNames;
import io.github.flinkrecsys.operators.util.RecentValues;
import java.time.Duration;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.util.Collector;

/** The serving part of a user-side operator. Belongs to one subtask. */
public final class RankingStage implements AutoCloseable {
  private final ServingSettings settings;
  private final Ranker ranker;
  private final int window;
  private final ItemReplica items;
  private final FoldIn foldIn;
  private final SourceCounters sources;
  private final Counter ruleFailures;
  private final Counter listsServed;
  private final Counter emptyLists;
  private final Counter listsHeldBack;
  private final RecentValues rankingMicros;

  /**
   * Makes the stage.
   *
   * @param settings when and how
   * @param factors hyperparameters of the model, for users who have no vector
   * @param replica what is ranked
   * @param metrics of the operator
   */
  public RankingStage(
      ServingSettings settings,
      FactorConfig factors,
      SharedReplica.Lease replica,
      MetricGroup metrics) {
    this.settings = settings;
    this.window = replica.neighbors().config().window();
    this.items = replica.items();
    this.foldIn = new FoldIn(factors);
    this.ruleFailures = metrics.counter(MetricNames.RULE_FAILURES);
    this.listsServed = metrics.counter(MetricNames.LISTS_SERVED);
    this.emptyLists = metrics.counter(MetricNames.EMPTY_LISTS);
    this.listsHeldBack = metrics.counter(MetricNames.LISTS_HELD_BACK);
    this.rankingMicros = metrics.histogram(MetricNames.RANKING_MICROS, new RecentValues());
    this.ranker = new Ranker(settings.ranking(), replica.models());
    this.sources = new SourceCounters(ranker, metrics);
  }

  /**
   * Ranks by every source and by their blend.
   *
   * @param userId whose
   * @param vector of the user, or null if not known
   * @param history of the user, or null if not known
   * @param atMillis event time
   * @return lists as {@link Ranker#rank} gives them
   */
  public List<RankedItems> rank(String userId, float[] vector, UserHistory history, long atMillis) {
    long start = System.nanoTime();
    List<RankedItems> lists = ranker.rank(contextOf(userId, vector, history, atMillis));
    measure(start);
    return lists;
  }

  private RankingContext contextOf(
      String userId, float[] vector, UserHistory history, long atMillis) {
    long userHash = Hashes.hash(userId);
    if (history == null) {
      return new RankingContext(vector, null, null, null, atMillis, userHash, false);
    }
    return history.context(userHash, vector, atMillis, settings.ranking().sessionGap());
  }

  private void measure(long startNanos) {
    rankingMicros.update((System.nanoTime() - startNanos) / 1_000);
    sources.update();
    ruleFailures.inc(ranker.takeRuleFailures());
  }

  /**
   * Learns blend weights from what the user did after {@link #rank}.
   *
   * @param slot of the item that the user turned to, not seen before
   * @param unsent receives the changes too
   */
  public void learn(int slot, BlendWeights unsent) {
    ranker.learn(slot, unsent);
  }

  /**
   * Remembers that the user has interacted with an item.
   *
   * @param history changed in place
   * @param itemId of the interaction
   * @param timestampMillis of the interaction
   */
  public void remember(UserHistory history, String itemId, long timestampMillis) {
    history.remember(itemId, timestampMillis, window, settings.ranking());
  }

  /**
   * Takes up a user of whom no interaction is known, to remember what is served: freed like any
   * other after a silence.
   *
   * @param history of the user, or null if there is none
   * @param atMillis event time of the request
   * @param ttl silence after which the history is freed
   * @param timers of the key
   * @return the history, to be kept
   */
  public UserHistory meet(UserHistory history, long atMillis, Duration ttl, TimerService timers) {
    UserHistory met = history;
    if (met == null) {
      met = new UserHistory();
      EventTimeTtl.start(timers, atMillis, ttl);
    }
    met.lastSeenMillis = Math.max(met.lastSeenMillis, atMillis);
    return met;
  }

  /**
   * Answers a request.
   *
   * @param request valid
   * @param vector of the user, or null if not known
   * @param history of the user, or null if not known; changed in place if {@link #remembersServed}
   * @return at most {@code k} items
   */
  public RecommendationList answer(
      RecommendationRequest request, float[] vector, UserHistory history) {
    RankingContext context =
        request.itemIds().length == 0
            ? contextOf(request.userId(), vector, history, request.timestampMillis())
            : contextOf(request, history);
    return list(request.userId(), context, history, request.k(), request.explain());
  }

  private RecommendationList list(
      String userId, RankingContext context, UserHistory history, int k, boolean explain) {
    long start = System.nanoTime();
    ServedItems served = history == null ? null : history.served;
    ranker.rankBlend(context, served);
    measure(start);
    RecommendationList list = ranker.recommend(userId, k, served, explain);
    listsServed.inc();
    if (list.items().length == 0) {
      emptyLists.inc();
    }
    return list;
  }

  /** Goes by the items of a request; of the user only what must not be shown again is taken. */
  private RankingContext contextOf(RecommendationRequest request, UserHistory history) {
    String[] itemIds = request.itemIds();
    long at = request.timestampMillis();
    RecentItems recent = new RecentItems();
    OpenSession session = new OpenSession();
    SeenItems seen = history == null ? new SeenItems() : history.seen.copy(itemIds.length);
    int maxSeen = seen.count + itemIds.length;
    int[] slots = new int[itemIds.length];
    int known = 0;
    for (String itemId : itemIds) {
      long hash = Hashes.hash(itemId);
      recent.add(hash, window);
      session.add(hash, at, Long.MAX_VALUE, settings.ranking().sessionNeighbors().maxLiveItems());
      if (settings.ranking().maxSeenItems() > 0) {
        seen.add(hash, maxSeen);
      }
      int slot = items.slot(itemId);
      if (slot >= 0) {
        slots[known++] = slot;
      }
    }
    float[] vector = known == 0 ? null : foldIn.vector(request.userId(), slots, known, items);
    long user = request.hasNoUser() ? 0 : Hashes.hash(request.userId());
    return new RankingContext(vector, seen, known == 0 ? null : recent, session, at, user, true);
  }

  /**
   * Tells whether answers change a user's history.
   *
   * @return true if the policy asks to remember what was served
   */
  public boolean remembersServed() {
    return !settings.ranking().policy().servedFor().isZero();
  }

  private RecommendationList list(
      String userId, float[] vector, UserHistory history, int k, long atMillis) {
    return list(userId, contextOf(userId, vector, history, atMillis), history, k, false);
  }

  /**
   * Serves a list because the model has learned from an interaction, or holds it back.
   *
   * @param userId whose
   * @param vector of the user
   * @param history changed in place
   * @param atMillis event time of the interaction
   * @param timers of the key
   * @param out receives the list
   */
  public void serveUpdate(
      String userId,
      float[] vector,
      UserHistory history,
      long atMillis,
      TimerService timers,
      Collector<RecommendationList> out) {
    if (!settings.onUpdate()) {
      return;
    }
    long interval = settings.minInterval().toMillis();
    if (interval > 0) {
      long now = timers.currentProcessingTime();
      long next = history.servedAtMillis + interval;
      // A clock that was set back must not hold lists back for long.
      if (now < next && now >= history.servedAtMillis) {
        if (history.heldBackMillis < 0) {
          timers.registerProcessingTimeTimer(next);
        }
        history.heldBackMillis = atMillis;
        listsHeldBack.inc();
        return;
      }
      history.servedAtMillis = now;
      history.heldBackMillis = -1;
    }
    out.collect(list(userId, vector, history, settings.ranking().k(), atMillis));
  }

  /**
   * Serves the list that the throttle held back, if there is one and its time has come: the
   * interval is over, or the input.
   *
   * @param userId whose
   * @param vector of the user
   * @param history changed in place
   * @param timers of the key
   * @param clockTimer time of the wall-clock timer that fired, {@link Long#MIN_VALUE} if it was
   *     another: it has come, even if the clock was set back since
   * @param out receives the list
   * @return whether it was served
   */
  public boolean serveHeldBack(
      String userId,
      float[] vector,
      UserHistory history,
      TimerService timers,
      long clockTimer,
      Collector<RecommendationList> out) {
    long now = timers.currentProcessingTime();
    boolean isDue =
        Math.max(now, clockTimer) >= history.servedAtMillis + settings.minInterval().toMillis()
            || timers.currentWatermark() == Long.MAX_VALUE;
    if (history.heldBackMillis < 0 || !isDue) {
      return false;
    }
    out.collect(list(userId, vector, history, settings.ranking().k(), history.heldBackMillis));
    history.servedAtMillis = now;
    history.heldBackMillis = -1;
    return true;
  }

  /** Closes the sources of candidates. */
  @Override
  public void close() {
    ranker.close();
  }
}
