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
  /** Name of the gauge of records that are not acknowledged. */
  static final String IN_FLIGHT = "inFlight";

  static WriteMetrics in(MetricGroup group) {
    return new WriteMetrics(
        group.counter("written"),
        group.counter("retried"),
        group.counter("skippedAsOlder"),
        group.counter("refused"));
  }
}
