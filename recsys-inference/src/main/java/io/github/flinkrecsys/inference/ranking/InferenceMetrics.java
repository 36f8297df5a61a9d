/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.operators.util.ReasonCounters;
import io.github.flinkrecsys.operators.util.RecentValues;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** Metrics of a stage, and of each version of its model. */
final class InferenceMetrics {
  static final String SCORED_RECORDS = "scoredRecords";
  static final String SCORED_ROWS = "scoredRows";
  static final String FALLBACKS = "fallbacks";
  static final String NOT_A_NUMBER = "notANumber";
  static final String FAILED_RUNS = "failedRuns";
  static final String SHADOW_RECORDS = "shadowRecords";
  static final String INFERENCE_MICROS = "inferenceMicros";
  static final String BATCH_ROWS = "batchRows";
  static final String MODEL_CHANGES = "modelChanges";
  static final String REFUSED_MODELS = "refusedModels";
  static final String MALFORMED_RECORDS = "malformedRecords";
  static final String MODELS_IN_USE = "modelsInUse";
  static final String MODEL_BYTES = "modelBytes";
  static final String WAITING_RECORDS = "waitingRecords";

  /** Metrics of one version. */
  static final class OfVersion {
    final Counter records;
    final Counter rows;
    final Counter notANumber;
    final Counter failedRuns;
    final Counter shadowRecords;
    final RecentValues micros;

    private OfVersion(MetricGroup group) {
      records = group.counter(SCORED_RECORDS);
      rows = group.counter(SCORED_ROWS);
      notANumber = group.counter(NOT_A_NUMBER);
      failedRuns = group.counter(FAILED_RUNS);
      shadowRecords = group.counter(SHADOW_RECORDS);
      micros = group.histogram(INFERENCE_MICROS, new RecentValues());
    }
  }

  final Counter fallbacks;
  final Counter changes;
  final Counter refused;
  final Counter malformed;
  final RecentValues batchRows;
  final ReasonCounters reasons;

  private final MetricGroup group;
  private final VersionLabels<OfVersion> versions;

  InferenceMetrics(MetricGroup group) {
    this.group = group;
    versions = new VersionLabels<>(group, OfVersion::new);
    fallbacks = group.counter(FALLBACKS);
    changes = group.counter(MODEL_CHANGES);
    refused = group.counter(REFUSED_MODELS);
    malformed = group.counter(MALFORMED_RECORDS);
    batchRows = group.histogram(BATCH_ROWS, new RecentValues());
    reasons = new ReasonCounters(group);
  }

  void gauge(String name, Gauge<Long> gauge) {
    group.gauge(name, gauge);
  }

  OfVersion of(long version) {
    return versions.of(version);
  }
}
