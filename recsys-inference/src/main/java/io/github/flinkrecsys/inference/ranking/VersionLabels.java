/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.flink.metrics.MetricGroup;

/**
 * Metrics of each version of a model, with the label {@value #MODEL_VERSION}. At most {@value
 * #MAX_VERSIONS} versions get a label in the life of a subtask; all later ones share that of
 * {@value #OTHER}. Belongs to one thread.
 */
final class VersionLabels<M> {
  static final String MODEL_VERSION = "modelVersion";
  static final int MAX_VERSIONS = 100;
  static final String OTHER = "other";

  private final MetricGroup group;
  private final Function<MetricGroup, M> metrics;
  private final Map<String, M> versions = new HashMap<>();

  VersionLabels(MetricGroup group, Function<MetricGroup, M> metrics) {
    this.group = group;
    this.metrics = metrics;
  }

  M of(long version) {
    String label = String.valueOf(version);
    boolean isFull = versions.size() >= MAX_VERSIONS && !versions.containsKey(label);
    return versions.computeIfAbsent(
        isFull ? OTHER : label, name -> metrics.apply(group.addGroup(MODEL_VERSION, name)));
  }
}
