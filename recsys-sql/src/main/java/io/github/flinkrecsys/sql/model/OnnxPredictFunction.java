/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.model;

import io.github.flinkrecsys.inference.model.ModelContract;
import io.github.flinkrecsys.inference.model.ModelException;
import io.github.flinkrecsys.inference.model.ModelLimits;
import io.github.flinkrecsys.inference.model.ModelVersion;
import io.github.flinkrecsys.inference.model.RowBatch;
import io.github.flinkrecsys.inference.model.SharedModels;
import java.util.Collection;
import java.util.List;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.functions.PredictFunction;

/**
 * Runs a model on one row at a time, in the task's thread. A row that the model cannot be run on,
 * or whose scores are not all finite, gives NULL and is counted; it never fails the job. A model
 * that cannot be loaded or does not fit its columns fails it at its start.
 *
 * <p>Public because code that Flink generates calls it.
 */
public final class OnnxPredictFunction extends PredictFunction {
  private static final long serialVersionUID = 1L;

  private final ModelVersion version;
  private final ModelColumns columns;
  private final ModelLimits limits;

  private transient PredictMetrics metrics;
  private transient SharedModels.Lease lease;
  private transient RowBatch batch;

  OnnxPredictFunction(ModelVersion version, ModelColumns columns, ModelLimits limits) {
    this.version = version;
    this.columns = columns;
    this.limits = limits;
  }

  @Override
  public void open(FunctionContext context) throws Exception {
    ModelContract contract = columns.contract();
    lease = SharedModels.open(version, contract, limits);
    batch = new RowBatch(contract);
    metrics = new PredictMetrics(context.getMetricGroup(), lease.model());
  }

  @Override
  public Collection<RowData> predict(RowData row) {
    String violation = columns.violation(row);
    if (violation != null) {
      metrics.malformed(violation);
      return List.of(GenericRowData.of((Object) null));
    }
    return List.of(GenericRowData.of(scores(row)));
  }

  /** Gives what stands in the output column. */
  private Object scores(RowData row) {
    columns.fill(row, batch);
    long start = System.nanoTime();
    float[] scores;
    try {
      scores = lease.model().run(batch);
    } catch (ModelException e) {
      metrics.failed(e);
      return null;
    }
    metrics.ran((System.nanoTime() - start) / 1_000);
    for (float score : scores) {
      if (!Float.isFinite(score)) {
        metrics.notANumber();
        return null;
      }
    }
    metrics.scored();
    return columns.output().isArray() ? new GenericArrayData(scores) : scores[0];
  }

  @Override
  public void close() {
    if (lease != null) {
      lease.close();
    }
  }
}
