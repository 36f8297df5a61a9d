/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.graph;

import io.github.flinkrecsys.core.graph.WalkConfig;
import io.github.flinkrecsys.core.graph.WalkVisits;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.core.ranking.Sources;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.operators.util.MetricNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The last hop of a walk in keyed state: gathers what a request's walks have come past, and makes
 * its list when the last walk has ended. Key: the request.
 *
 * <p>In: {@link WalkVisit}s, which name how many walks there are in all. Out: one {@link
 * RecommendationList} per request, source {@link Sources#GRAPH_WALK}; items where walks began are
 * left out. After {@code timeout} without all walks the list is made of what is there, and counted
 * in {@code incompleteWalks}; walks that end after it change nothing.
 *
 * <p>State: {@value #VISITS} per request, at most one element per step, freed with the list;
 * {@value #PROGRESS}, freed with the last walk. No walk is lost, since checkpoints are exactly
 * once, so each request comes to that, and none is answered twice.
 */
public final class WalkCollectFunction
    extends KeyedProcessFunction<String, WalkVisit, RecommendationList> {
  static final String VISITS = "walk-visits";
  static final String PROGRESS = "walk-progress";

  private static final long serialVersionUID = 1L;

  private final WalkConfig walk;
  private final Duration timeout;

  private transient ListState<WalkVisit> visits;
  private transient ValueState<WalkProgress> progress;
  private transient Counter incomplete;

  /**
   * Makes the function.
   *
   * @param walk how walks go
   * @param timeout wall-clock time from the first visit to the list
   */
  public WalkCollectFunction(WalkConfig walk, Duration timeout) {
    this.walk = Checks.notNull("walk", walk);
    this.timeout = Checks.positive("timeout", timeout);
  }

  @Override
  public void open(OpenContext openContext) {
    visits = getRuntimeContext().getListState(new ListStateDescriptor<>(VISITS, WalkVisit.class));
    progress =
        getRuntimeContext().getState(new ValueStateDescriptor<>(PROGRESS, WalkProgress.class));
    incomplete = getRuntimeContext().getMetricGroup().counter(MetricNames.INCOMPLETE_WALKS);
  }

  @Override
  public void processElement(WalkVisit visit, Context context, Collector<RecommendationList> out)
      throws Exception {
    WalkProgress at = progress.value();
    if (at == null) {
      at = new WalkProgress();
      at.timeoutMillis = context.timerService().currentProcessingTime() + timeout.toMillis();
      context.timerService().registerProcessingTimeTimer(at.timeoutMillis);
    }
    at.ended += visit.ended();
    if (!at.isAnswered) {
      visits.add(visit);
    }
    if (at.ended < visit.origin().walks()) {
      progress.update(at);
      return;
    }
    if (!at.isAnswered) {
      out.collect(list());
      context.timerService().deleteProcessingTimeTimer(at.timeoutMillis);
      visits.clear();
    }
    progress.clear();
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<RecommendationList> out)
      throws Exception {
    WalkProgress at = progress.value();
    incomplete.inc();
    out.collect(list());
    visits.clear();
    at.isAnswered = true;
    progress.update(at);
  }

  private RecommendationList list() throws Exception {
    Map<String, List<WalkVisit>> byQuery = new LinkedHashMap<>();
    Map<Long, String> ids = new HashMap<>();
    WalkOrigin origin = null;
    for (WalkVisit visit : visits.get()) {
      origin = visit.origin();
      byQuery.computeIfAbsent(origin.queryId(), query -> new ArrayList<>()).add(visit);
      ids.put(Hashes.hash(origin.queryId()), origin.queryId());
      ids.put(Hashes.hash(visit.itemId()), visit.itemId());
    }
    WalkVisits combined = new WalkVisits();
    byQuery.forEach(
        (query, of) -> {
          for (WalkVisit visit : of) {
            if (visit.visits() > 0 && !byQuery.containsKey(visit.itemId())) {
              combined.visit(Hashes.hash(visit.itemId()), visit.visits(), walk.stopVisits());
            }
          }
          combined.endQuery(Hashes.hash(query));
        });
    List<ScoredItem> items = new ArrayList<>();
    for (int i = 0; i < combined.size(); i++) {
      items.add(
          new ScoredItem(
              ids.get(combined.item(i)),
              (float) combined.score(i),
              Sources.GRAPH_WALK,
              ids.get(combined.because(i))));
    }
    items.sort(
        Comparator.comparingDouble(ScoredItem::score).reversed().thenComparing(ScoredItem::itemId));
    return new RecommendationList(
        origin.userId(),
        origin.atMillis(),
        0,
        items.stream().limit(origin.k()).toArray(ScoredItem[]::new));
  }
}
