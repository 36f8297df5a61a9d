/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import io.github.flinkrecsys.core.ranking.Sources;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Map;

/** Prints what is new since the last look: closed windows, or that the job is still going. */
final class Progress {
  private static final String HEADER =
      "%n%-20s %10s %9s   recall@10: %10s %8s %9s %8s %8s%n"
          .formatted(
              "event time",
              "events",
              "events/s",
              "popularity",
              "factors",
              "neighbors",
              "sessions",
              "blend");

  private final PrintWriter out;
  private long printedWindow = Long.MIN_VALUE;
  private long lastEvents;
  private long lastNanos = System.nanoTime();
  private boolean headed;

  Progress(PrintWriter out) {
    this.out = out;
  }

  void show(Totals totals) {
    long now = System.nanoTime();
    double rate = (totals.events - lastEvents) / ((now - lastNanos) / 1e9);
    if (totals.events > 0 && !headed) {
      out.print(HEADER);
      headed = true;
    }
    boolean printed = false;
    for (var window : totals.windows.tailMap(printedWindow, false).entrySet()) {
      printWindow(window.getKey(), window.getValue(), totals.events, rate);
      printedWindow = window.getKey();
      printed = true;
    }
    if (!printed && totals.events > lastEvents) {
      out.printf("%-20s %,10d %,9.0f%n", "...", totals.events, rate);
    }
    if (totals.events > lastEvents) {
      lastEvents = totals.events;
      lastNanos = now;
    }
    out.flush();
  }

  private void printWindow(
      long endMillis, Map<String, Totals.Metrics> bySource, long events, double rate) {
    out.printf(
        "%-20s %,10d %,9.0f              %10s %8s %9s %8s %8s%n",
        endMillis == Long.MAX_VALUE ? "end" : Instant.ofEpochMilli(endMillis),
        events,
        rate,
        recall(bySource.get(Sources.POPULARITY)),
        recall(bySource.get(Sources.FACTORS)),
        recall(bySource.get(Sources.NEIGHBORS)),
        recall(bySource.get(Sources.SESSION_NEIGHBORS)),
        recall(bySource.get(Sources.BLEND)));
  }

  private static String recall(Totals.Metrics metrics) {
    return metrics == null || Double.isNaN(metrics.recall())
        ? "-"
        : "%.4f".formatted(metrics.recall());
  }
}
