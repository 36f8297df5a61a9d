/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.inference.sequence.SequenceMeter;
import io.github.flinkrecsys.operators.util.RecentValues;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;

/**
 * Metrics of a version of a sequence model, counted by the threads of all sources that follow a
 * subtask; they take turns.
 */
final class SequenceMetrics implements SequenceMeter {
  static final String COMPARED_CANDIDATES = "comparedCandidates";
  static final String SHARED_CANDIDATES = "sharedCandidates";

  private final Counter lists;
  private final Counter notANumber;
  private final Counter failedRuns;
  private final Counter shadowLists;
  private final Counter compared;
  private final Counter shared;
  private final Histogram micros;

  SequenceMetrics(MetricGroup group) {
    lists = group.counter(InferenceMetrics.SCORED_RECORDS);
    notANumber = group.counter(InferenceMetrics.NOT_A_NUMBER);
    failedRuns = group.counter(InferenceMetrics.FAILED_RUNS);
    shadowLists = group.counter(InferenceMetrics.SHADOW_RECORDS);
    compared = group.counter(COMPARED_CANDIDATES);
    shared = group.counter(SHARED_CANDIDATES);
    micros = group.histogram(InferenceMetrics.INFERENCE_MICROS, new RecentValues());
  }

  @Override
  public synchronized void ran(long micros) {
    this.micros.update(micros);
  }

  @Override
  public synchronized void failed() {
    failedRuns.inc();
  }

  @Override
  public synchronized void gaveNoNumber() {
    notANumber.inc();
  }

  @Override
  public synchronized void served() {
    lists.inc();
  }

  @Override
  public synchronized void shadowed(int proposed, int shared) {
    shadowLists.inc();
    compared.inc(proposed);
    this.shared.inc(shared);
  }
}
