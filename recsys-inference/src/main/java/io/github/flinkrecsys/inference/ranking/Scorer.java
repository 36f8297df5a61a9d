/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.inference.model.ModelContract;
import io.github.flinkrecsys.inference.model.ModelException;
import io.github.flinkrecsys.inference.model.OnnxModel;
import io.github.flinkrecsys.inference.model.RowBatch;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a model on the rows of several records at once. If a run fails, each record is run alone, so
 * that one which the model cannot take costs the others nothing. Belongs to one thread.
 */
final class Scorer<I> {
  private static final Logger LOG = LoggerFactory.getLogger(Scorer.class);

  private final ModelFunction<I, ?> function;
  private final ModelContract contract;
  private final InferenceMetrics metrics;
  private final RowBatch batch;
  private boolean hasLogged;

  Scorer(ModelFunction<I, ?> function, ModelContract contract, InferenceMetrics metrics) {
    this.function = function;
    this.contract = contract;
    this.metrics = metrics;
    this.batch = new RowBatch(contract);
  }

  /**
   * Gives the model's output for each record's rows; null for a record that it cannot be run on.
   */
  float[][] score(OnnxModel model, List<I> records) {
    float[][] scores = new float[records.size()][];
    if (!run(model, records, 0, records.size(), scores) && records.size() > 1) {
      for (int n = 0; n < records.size(); n++) {
        run(model, records, n, n + 1, scores);
      }
    }
    return scores;
  }

  private boolean run(OnnxModel model, List<I> records, int from, int to, float[][] scores) {
    InferenceMetrics.OfVersion version = metrics.of(model.version().version());
    batch.clear();
    for (int n = from; n < to; n++) {
      function.addRows(records.get(n), contract, batch);
    }
    float[] values = {};
    long start = System.nanoTime();
    try {
      if (batch.rows() > 0) {
        values = model.run(batch);
      }
    } catch (ModelException e) {
      version.failedRuns.inc();
      if (!hasLogged) {
        hasLogged = true;
        LOG.warn("A run failed; more are counted in {}", InferenceMetrics.FAILED_RUNS, e);
      }
      return false;
    }
    version.micros.update((System.nanoTime() - start) / 1_000);
    version.rows.inc(batch.rows());
    metrics.batchRows.update(batch.rows());
    int at = 0;
    for (int n = from; n < to; n++) {
      int length = function.rows(records.get(n)) * contract.output().width();
      scores[n] = Arrays.copyOfRange(values, at, at + length);
      at += length;
    }
    return true;
  }
}
