/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.flinkrecsys.core.ranking.Sources;
import io.github.flinkrecsys.examples.ReportFile;
import io.github.flinkrecsys.inference.sequence.SequenceModelConfig;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** The totals of a run, for people and, as JSON, for programs. */
final class Summary {
  static final List<String> ORDER =
      List.of(
          Sources.POPULARITY,
          Sources.FACTORS,
          Sources.NEIGHBORS,
          Sources.RECENT_NEIGHBORS,
          Sources.SEQUENCE,
          Sources.SESSION_NEIGHBORS,
          Sources.TRENDING,
          Sources.CATEGORY_TRENDING,
          Sources.CONTENT,
          Sources.GRAPH_WALK,
          SequenceModelConfig.NAME,
          Sources.BLEND);

  /** Whoever reads reports finds these, with null for numbers, also where nothing was scored. */
  private static final List<String> ALWAYS_REPORTED =
      List.of(Sources.POPULARITY, Sources.FACTORS, Sources.BLEND);

  private final RunResult result;
  private final Map<String, String> titles;

  Summary(RunResult result, Map<String, String> titles) {
    this.result = result;
    this.titles = titles;
  }

  void print(PrintWriter out) {
    Totals totals = result.totals();
    out.printf(
        "%n%s%,d events in %.1f s, %,.0f per second; %,d sessions closed, %,d dead letters%n",
        result.interrupted() ? "Stopped: " : "",
        totals.events,
        result.seconds(),
        result.eventsPerSecond(),
        totals.sessions,
        totals.deadLetters);
    out.printf(
        "event to recommendation: p50 %s ms, p99 %s ms%n",
        number("%.1f", totals.latency.millisAt(0.5)),
        number("%.1f", totals.latency.millisAt(0.99)));
    if (totals.ratings != null) {
      out.printf(
          "ratings predicted: %,d, MAE %s, RMSE %s%n",
          totals.ratings.rated(),
          number("%.4f", totals.ratings.mae()),
          number("%.4f", totals.ratings.rmse()));
    }
    out.printf(
        "%n%-17s %10s %10s %10s %10s %10s%n",
        "source", "scored", "recall@10", "MRR@10", "NDCG@10", "coverage");
    for (String source : ORDER) {
      Totals.Metrics metrics = totals.bySource.get(source);
      if (metrics != null) {
        out.printf(
            "%-17s %,10d %10s %10s %10s %10s%n",
            source,
            metrics.scored(),
            number("%.4f", metrics.recall()),
            number("%.4f", metrics.mrr()),
            number("%.4f", metrics.ndcg()),
            number("%.4f", metrics.coverage()));
      }
    }
    totals.newest.values().forEach(served -> print(out, served));
    out.flush();
  }

  private void print(PrintWriter out, Totals.Served served) {
    out.printf("%nRecommended to user %s:%n", served.userId());
    int rank = 1;
    for (Totals.Item item : served.items()) {
      out.printf(
          "  %2d. %s (%s%s)%n",
          rank++,
          title(item.itemId()),
          item.source(),
          item.becauseItemId() == null ? "" : ", because of " + title(item.becauseItemId()));
    }
  }

  private String title(String itemId) {
    return titles.getOrDefault(itemId, itemId);
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "-" : format.formatted(value);
  }

  ObjectNode report() {
    Totals totals = result.totals();
    ObjectNode root = ReportFile.newReport();
    root.put("events", totals.events);
    root.put("seconds", result.seconds());
    root.put("eventsPerSecond", result.eventsPerSecond());
    root.put("interrupted", result.interrupted());
    root.put("sessions", totals.sessions);
    root.put("deadLetters", totals.deadLetters);
    ObjectNode latency = root.putObject("latencyMillis");
    ReportFile.put(latency, "p50", totals.latency.millisAt(0.5));
    ReportFile.put(latency, "p99", totals.latency.millisAt(0.99));
    if (totals.ratings != null) {
      root.put("rated", totals.ratings.rated());
      ReportFile.put(root, "mae", totals.ratings.mae());
      ReportFile.put(root, "rmse", totals.ratings.rmse());
    }
    ObjectNode sources = root.putObject("sources");
    for (String source : ORDER) {
      Totals.Metrics metrics = totals.bySource.get(source);
      if (metrics == null && ALWAYS_REPORTED.contains(source)) {
        metrics = Totals.Metrics.none(source);
      }
      if (metrics != null) {
        ObjectNode node = sources.putObject(source);
        node.put("scored", metrics.scored());
        ReportFile.put(node, "recallAt10", metrics.recall());
        ReportFile.put(node, "mrrAt10", metrics.mrr());
        ReportFile.put(node, "ndcgAt10", metrics.ndcg());
        ReportFile.put(node, "coverage", metrics.coverage());
      }
    }
    return root;
  }
}
