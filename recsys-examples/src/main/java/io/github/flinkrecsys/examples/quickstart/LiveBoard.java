/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.flinkrecsys.examples.ReportFile;
import io.github.flinkrecsys.examples.serve.JobExchange;
import io.github.flinkrecsys.examples.serve.JobGauges;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeSet;

/**
 * What the page shows: the totals of the last look at the job, and what changed between looks.
 * Nothing is computed until it is asked for.
 */
final class LiveBoard {
  private static final int KEPT_RATES = 60;
  private static final int LATENCY_LOOKS = 5;
  private static final int SHOWN_USERS = 12;

  private final JobExchange exchange;
  private final ItemSearch items;
  private final ArrayDeque<Double> rates = new ArrayDeque<>();
  private final ArrayDeque<LatencyHistogram> latencies = new ArrayDeque<>();
  private Totals totals = new Totals();
  private long lastNanos = System.nanoTime();

  LiveBoard(JobExchange exchange, ItemSearch items) {
    this.exchange = exchange;
    this.items = items;
    latencies.add(new LatencyHistogram());
  }

  /** Takes totals that nobody changes any more. */
  synchronized void show(Totals now) {
    long nanos = System.nanoTime();
    if (now.events > totals.events) {
      // The totals come with a heartbeat, so that a look may find nothing new.
      rates.add((now.events - totals.events) / ((nanos - lastNanos) / 1e9));
      latencies.add(now.latency);
      lastNanos = nanos;
    } else if (nanos - lastNanos > 3e9) {
      rates.add(0.0);
    }
    if (rates.size() > KEPT_RATES) {
      rates.remove();
    }
    if (latencies.size() > LATENCY_LOOKS + 1) {
      latencies.remove();
    }
    totals = now;
  }

  /** Gives what the page draws, as JSON in UTF-8. */
  synchronized byte[] json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("served", exchange.isServed());
    root.put("newestMillis", exchange.newestMillis());
    root.put("events", totals.events);
    root.put("sessions", totals.sessions);
    root.put("deadLetters", totals.deadLetters);
    ArrayNode perSecond = root.putArray("eventsPerSecond");
    rates.forEach(rate -> perSecond.add(Math.round(rate)));
    LatencyHistogram recent = totals.latency.since(latencies.peek());
    ReportFile.put(root, "p50Millis", recent.millisAt(0.5));
    ReportFile.put(root, "p99Millis", recent.millisAt(0.99));
    ReportFile.put(root, "replicaLagMillis", exchange.gauges().max(JobGauges.REPLICA_LAG_MILLIS));
    ReportFile.put(root, "replicaItems", exchange.gauges().max(JobGauges.REPLICA_ITEMS));
    putRecall(root.putObject("recall"));
    ArrayNode trending = root.putArray("trending");
    for (Totals.Trend trend : totals.trending) {
      trending
          .addObject()
          .put("itemId", trend.itemId())
          .put("title", items.title(trend.itemId()))
          .put("count", trend.count());
    }
    ArrayNode users = root.putArray("users");
    exchange.newestUsers(SHOWN_USERS).forEach(users::add);
    return root.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void putRecall(ObjectNode recall) {
    ArrayNode times = recall.putArray("windowEndMillis");
    ObjectNode bySource = recall.putObject("bySource");
    TreeSet<String> sources = new TreeSet<>(totals.bySource.keySet());
    totals.windows.values().forEach(window -> sources.addAll(window.keySet()));
    sources.forEach(bySource::putArray);
    for (Map.Entry<Long, Map<String, Totals.Metrics>> window : totals.windows.entrySet()) {
      if (window.getKey() == Long.MAX_VALUE) {
        continue;
      }
      times.add(window.getKey());
      for (String source : sources) {
        Totals.Metrics metrics = window.getValue().get(source);
        ArrayNode values = (ArrayNode) bySource.get(source);
        if (metrics == null || Double.isNaN(metrics.recall())) {
          values.addNull();
        } else {
          values.add(metrics.recall());
        }
      }
    }
  }
}
