/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What became of the records: each one ends as written, skipped or refused.
 *
 * @param written records that Redis keeps
 * @param retried further attempts
 * @param skippedAsOlder records for which there was a newer one, in Redis or waiting
 * @param refused records without a valid key, version or value
 */
record WriteMetrics(Counter written, Counter retried, Counter skippedAsOlder, Counter refused) {
  // Names are in docs/metrics.md, and in dashboards and alerts: not to be changed.
  static final String WRITTEN = "written";
  static final String RETRIED = "retried";
  static final String SKIPPED_AS_OLDER = "skippedAsOlder";
  static final String REFUSED = "refused";

  /** Gauge of records that are not acknowledged. */
  static final String IN_FLIGHT = "inFlight";

  /** Gauge of records that are not acknowledged and not sent. */
  static final String QUEUED = "queued";

  static WriteMetrics in(MetricGroup group) {
    return new WriteMetrics(
        group.counter(WRITTEN),
        group.counter(RETRIED),
        group.counter(SKIPPED_AS_OLDER),
        group.counter(REFUSED));
  }

  static void show(RedisPublisher publisher, MetricGroup group) {
    group.gauge(IN_FLIGHT, publisher::inFlight);
    group.gauge(QUEUED, publisher::queued);
  }
}
