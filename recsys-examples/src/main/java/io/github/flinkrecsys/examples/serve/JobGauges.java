/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

import io.github.flinkrecsys.operators.util.MetricNames;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Gauge;

/** The gauges of a job of this JVM that a service shows, read when they are asked for. */
public final class JobGauges {
  /** How late the newest batch of another task manager's deltas came; 0 if there is no other. */
  public static final String REPLICA_LAG_MILLIS = MetricNames.REPLICA_LAG_MILLIS;

  /** Items in the replica. */
  public static final String REPLICA_ITEMS = MetricNames.REPLICA_ITEMS;

  private static final Set<String> SHOWN = Set.of(REPLICA_LAG_MILLIS, REPLICA_ITEMS);

  private final Map<Gauge<?>, String> gauges = new ConcurrentHashMap<>();

  JobGauges() {}

  /**
   * Has a job report to the exchange.
   *
   * @param configuration of the job, changed
   * @param exchange that the job and the service share
   */
  public static void reportTo(Configuration configuration, JobExchange exchange) {
    configuration.setString("metrics.reporters", "exchange");
    configuration.setString(
        "metrics.reporter.exchange.factory.class", ExchangeReporter.Factory.class.getName());
    configuration.setString(
        "metrics.reporter.exchange." + ExchangeReporter.EXCHANGE_ID, exchange.id());
  }

  void add(String name, Gauge<?> gauge) {
    if (SHOWN.contains(name)) {
      gauges.put(gauge, name);
    }
  }

  void remove(Gauge<?> gauge) {
    gauges.remove(gauge);
  }

  /**
   * Reads a gauge.
   *
   * @param name of the gauge
   * @return the largest value among the subtasks, or NaN if there is none
   */
  public double max(String name) {
    return gauges.entrySet().stream()
        .filter(entry -> entry.getValue().equals(name))
        .map(entry -> entry.getKey().getValue())
        .filter(Number.class::isInstance)
        .mapToDouble(value -> ((Number) value).doubleValue())
        .max()
        .orElse(Double.NaN);
  }
}
