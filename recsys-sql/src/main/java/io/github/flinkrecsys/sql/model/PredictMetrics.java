/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.model;

import io.github.flinkrecsys.inference.model.ModelException;
import io.github.flinkrecsys.inference.model.OnnxModel;
import io.github.flinkrecsys.operators.util.MetricNames;
import io.github.flinkrecsys.operators.util.ReasonCounters;
import io.github.flinkrecsys.operators.util.RecentValues;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Metrics of {@code ML_PREDICT}, by the names that the stages of recsys-inference have. */
final class PredictMetrics {
  static final String SCORED_RECORDS = "scoredRecords";
  static final String NOT_A_NUMBER = "notANumber";
  static final String FAILED_RUNS = "failedRuns";
  static final String INFERENCE_MICROS = "inferenceMicros";
  static final String MODEL_BYTES = "modelBytes";

  private static final Logger LOG = LoggerFactory.getLogger(OnnxPredictFunction.class);

  private final Counter scored;
  private final Counter malformed;
  private final Counter notANumber;
  private final Counter failedRuns;
  private final Histogram micros;
  private final ReasonCounters reasons;

  PredictMetrics(MetricGroup group, OnnxModel model) {
    scored = group.counter(SCORED_RECORDS);
    malformed = group.counter(MetricNames.MALFORMED_RECORDS);
    notANumber = group.counter(NOT_A_NUMBER);
    failedRuns = group.counter(FAILED_RUNS);
    micros = group.histogram(INFERENCE_MICROS, new RecentValues());
    group.gauge(MODEL_BYTES, model::fileBytes);
    reasons = new ReasonCounters(group);
  }

  void scored() {
    scored.inc();
  }

  void malformed(String violation) {
    malformed.inc();
    reasons.inc(violation);
  }

  void notANumber() {
    notANumber.inc();
  }

  void ran(long inferenceMicros) {
    micros.update(inferenceMicros);
  }

  /** Logs the first failure; the others are counted. */
  void failed(ModelException failure) {
    if (failedRuns.getCount() == 0) {
      LOG.warn("A run failed; more are counted in {}", FAILED_RUNS, failure);
    }
    failedRuns.inc();
  }
}
