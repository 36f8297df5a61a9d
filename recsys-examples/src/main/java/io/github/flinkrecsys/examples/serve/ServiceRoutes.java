/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The routes for whoever runs the service: is it up, and how does it do. */
public final class ServiceRoutes {
  /** A user whom nobody has. */
  private static final String PROBE = "health-probe";

  private ServiceRoutes() {}

  /**
   * Adds {@code /health} and {@code /metrics} of a service that reads a job of this JVM.
   *
   * @param routes to add to
   * @param metrics of the service, to which the gauges of the exchange are added
   * @param exchange with the job
   */
  public static void addForJob(Routes routes, ServiceMetrics metrics, JobExchange exchange) {
    metrics
        .gauge("recsys_lists_kept", exchange::users)
        .gauge("recsys_requests_open", exchange::openCount)
        .gauge(
            "recsys_replica_lag_seconds",
            () -> exchange.gauges().max(JobGauges.REPLICA_LAG_MILLIS) / 1e3)
        .gauge("recsys_replica_items", () -> exchange.gauges().max(JobGauges.REPLICA_ITEMS))
        .gauge("recsys_newest_list_event_time_seconds", () -> exchange.newestMillis() / 1e3);
    routes.add("GET", "/metrics", call -> Reply.text(ServiceMetrics.TYPE, metrics.text()));
    routes.add("GET", "/health", call -> healthOf(exchange));
  }

  /**
   * Adds {@code /health} and {@code /metrics} of a service that reads a store.
   *
   * @param routes to add to
   * @param metrics of the service
   * @param store that must answer for the service to be healthy
   */
  public static void addForStore(Routes routes, ServiceMetrics metrics, RecommendationStore store) {
    routes.add("GET", "/metrics", call -> Reply.text(ServiceMetrics.TYPE, metrics.text()));
    routes.add("GET", "/health", call -> healthOf(store));
  }

  private static Reply healthOf(RecommendationStore store) throws HttpFailure {
    try {
      store.get(PROBE);
    } catch (Exception e) {
      throw new HttpFailure(503, "the store of recommendations cannot be read now");
    }
    return Reply.json(200, Reply.JSON.createObjectNode().put("status", "up"));
  }

  private static Reply healthOf(JobExchange exchange) throws HttpFailure {
    if (!exchange.isServed()) {
      throw new HttpFailure(503, "no job is running here");
    }
    ObjectNode body = Reply.JSON.createObjectNode().put("status", "up");
    return Reply.json(
        200, body.put("users", exchange.users()).put("newestMillis", exchange.newestMillis()));
  }
}
