/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import io.github.flinkrecsys.core.evaluation.EvaluationResult;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.operators.feature.TrendingList;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the job has done so far. */
final class Totals implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN_USERS = 3;
  private static final int KEPT_WINDOWS = 200;

  /** A served list, in a form that Java serializes. */
  record Served(String userId, long atMillis, List<Item> items) implements Serializable {}

  /** An item of a served list. */
  record Item(String itemId, float score, String source, String becauseItemId)
      implements Serializable {}

  /** Metrics of one source, in a form that Java serializes. */
  record Metrics(
      String source,
      long windowEndMillis,
      long scored,
      double recall,
      double mrr,
      double ndcg,
      double coverage,
      long rated,
      double mae,
      double rmse)
      implements Serializable {

    static Metrics of(EvaluationResult result) {
      return new Metrics(
          result.source(),
          result.windowEndMillis(),
          result.scored(),
          result.recall(),
          result.mrr(),
          result.ndcg(),
          result.coverage(),
          result.rated(),
          result.mae(),
          result.rmse());
    }

    static Metrics none(String source) {
      double unknown = Double.NaN;
      return new Metrics(source, 0, 0, unknown, unknown, unknown, unknown, 0, unknown, unknown);
    }
  }

  /** An item that leads, and its decayed count. */
  record Trend(String itemId, double count) implements Serializable {}

  long events;
  long lists;
  long sessions;
  long deadLetters;
  final LatencyHistogram latency = new LatencyHistogram();
  final Map<String, Metrics> bySource = new LinkedHashMap<>();
  Metrics ratings;
  final TreeMap<Long, Map<String, Metrics>> windows = new TreeMap<>();
  final Map<String, Served> newest = new LinkedHashMap<>();
  List<Trend> trending = List.of();

  void serve(RecommendationList list) {
    lists++;
    List<Item> items = new ArrayList<>();
    for (var item : list.items()) {
      items.add(new Item(item.itemId(), item.score(), item.source(), item.becauseItemId()));
    }
    keep(new Served(list.userId(), list.generatedAtMillis(), items));
  }

  private void keep(Served served) {
    newest.remove(served.userId());
    newest.put(served.userId(), served);
    while (newest.size() > SHOWN_USERS) {
      newest.remove(newest.keySet().iterator().next());
    }
  }

  void judge(EvaluationResult result) {
    Metrics metrics = Metrics.of(result);
    if (result.total()) {
      bySource.put(result.source(), metrics);
    } else {
      windows
          .computeIfAbsent(result.windowEndMillis(), end -> new LinkedHashMap<>())
          .put(result.source(), metrics);
      while (windows.size() > KEPT_WINDOWS) {
        windows.pollFirstEntry();
      }
    }
  }

  void trend(TrendingList list) {
    List<Trend> leading = new ArrayList<>();
    for (int i = 0; i < list.itemIds().length; i++) {
      leading.add(new Trend(list.itemIds()[i], list.counts()[i]));
    }
    trending = leading;
  }

  void add(Totals other) {
    events += other.events;
    lists += other.lists;
    sessions += other.sessions;
    deadLetters += other.deadLetters;
    latency.add(other.latency);
    bySource.putAll(other.bySource);
    ratings = other.ratings == null ? ratings : other.ratings;
    trending = other.trending.isEmpty() ? trending : other.trending;
    other.windows.forEach(
        (end, sources) -> windows.computeIfAbsent(end, e -> new LinkedHashMap<>()).putAll(sources));
    other.newest.values().stream()
        .sorted((a, b) -> Long.compare(a.atMillis(), b.atMillis()))
        .forEach(this::keep);
  }
}
