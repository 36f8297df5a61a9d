/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.util;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts keys that come and go: the difference is by how much keyed state has grown since the start
 * of the attempt. Belongs to one subtask.
 *
 * @param added {@link MetricNames#KEYS_ADDED}
 * @param freed {@link MetricNames#KEYS_FREED}
 */
public record KeyCounters(Counter added, Counter freed) {
  /**
   * Registers the counters.
   *
   * @param group of the operator
   * @return both
   */
  public static KeyCounters in(MetricGroup group) {
    return new KeyCounters(
        group.counter(MetricNames.KEYS_ADDED), group.counter(MetricNames.KEYS_FREED));
  }
}
