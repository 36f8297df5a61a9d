/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The routes for whoever runs the service: is it up, and how does it do. */
public final class ServiceRoutes {
  private ServiceRoutes() {}

  /**
   * Adds {@code /health} and {@code /metrics} of a service that reads a job of this JVM.
   *
   * @param routes to add to
   * @param metrics of the service, to which the gauges of the exchange are added
   * @param exchange with the job
   */
  public static void add(Routes routes, ServiceMetrics metrics, JobExchange exchange) {
    metrics
        .gauge("recsys_lists_kept", exchange::users)
        .gauge("recsys_requests_open", exchange::openCount)
        .gauge(
            "recsys_replica_lag_seconds",
            () -> exchange.gauges().max(JobGauges.REPLICA_LAG_MILLIS) / 1e3)
        .gauge("recsys_replica_items", () -> exchange.gauges().max(JobGauges.REPLICA_ITEMS))
        .gauge("recsys_newest_list_event_time_seconds", () -> exchange.newestMillis() / 1e3);
    routes.add("GET", "/metrics", call -> Reply.text(ServiceMetrics.TYPE, metrics.text()));
    routes.add("GET", "/health", call -> health(exchange));
  }

  private static Reply health(JobExchange exchange) throws HttpFailure {
    if (!exchange.isServed()) {
      throw new HttpFailure(503, "no job is running here");
    }
    ObjectNode body = Reply.JSON.createObjectNode().put("status", "up");
    return Reply.json(
        200, body.put("users", exchange.users()).put("newestMillis", exchange.newestMillis()));
  }
}
