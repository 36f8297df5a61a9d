/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.inference.model.ModelLimits;
import io.github.flinkrecsys.inference.model.ModelVersion;
import io.github.flinkrecsys.inference.model.SharedModels;
import io.github.flinkrecsys.inference.testing.OnnxGraph;
import io.github.flinkrecsys.operators.util.MetricNames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.FunctionContext;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ML_PREDICT} counts. */
class PredictMetricsTest {
  @TempDir Path folder;

  @Test
  void everyRowIsCountedOnceAndNoneThrows() throws Exception {
    // The logarithm of what stands at the index in a table of three; an index beyond it fails.
    Path file =
        new OnnxGraph()
            .indices("index", -1)
            .weights("table", new float[] {1, -1, 1}, 3)
            .nodeAlong("Gather", 0, "x", "table", "index")
            .node("Log", "score", "x")
            .output("score", -1)
            .write(folder.resolve("model.onnx"));
    Metrics metrics = new Metrics();
    OnnxPredictFunction function =
        new OnnxPredictFunction(
            new ModelVersion(1, file.toString()),
            new ModelColumns(
                List.of(column("index", LogicalTypeRoot.BIGINT)),
                null,
                column("score", LogicalTypeRoot.FLOAT)),
            ModelLimits.DEFAULT);
    function.open(
        new FunctionContext(null) {
          @Override
          public MetricGroup getMetricGroup() {
            return metrics;
          }
        });

    assertThat(score(function, 0L)).isEqualTo(0f);
    assertThat(score(function, 1L)).isNull();
    assertThat(score(function, 7L)).isNull();
    assertThat(score(function, 8L)).isNull();
    assertThat(score(function, null)).isNull();
    assertThat(score(function, 2L)).isEqualTo(0f);

    assertThat(metrics.count(PredictMetrics.SCORED_RECORDS)).isEqualTo(2);
    assertThat(metrics.count(PredictMetrics.NOT_A_NUMBER)).isEqualTo(1);
    assertThat(metrics.count(PredictMetrics.FAILED_RUNS)).isEqualTo(2);
    assertThat(metrics.count(MetricNames.MALFORMED_RECORDS)).isEqualTo(1);
    assertThat(((Histogram) metrics.byName.get(PredictMetrics.INFERENCE_MICROS)).getCount())
        .isEqualTo(3);
    assertThat(((Gauge<?>) metrics.byName.get(PredictMetrics.MODEL_BYTES)).getValue())
        .isEqualTo(Files.size(file));
    assertThat(SharedModels.inUse()).isEqualTo(1);
    function.close();
    assertThat(SharedModels.inUse()).isZero();
  }

  @Test
  void aFunctionThatWasNotOpenedCanBeClosed() {
    new OnnxPredictFunction(
            new ModelVersion(1, "/gone.onnx"),
            new ModelColumns(
                List.of(column("index", LogicalTypeRoot.BIGINT)),
                null,
                column("score", LogicalTypeRoot.FLOAT)),
            ModelLimits.DEFAULT)
        .close();
    assertThat(SharedModels.inUse()).isZero();
  }

  private static ModelColumn column(String name, LogicalTypeRoot type) {
    return new ModelColumn(name, false, type, 1);
  }

  private static Object score(OnnxPredictFunction function, Long index) {
    RowData row = function.predict(GenericRowData.of(index)).iterator().next();
    return row.isNullAt(0) ? null : row.getFloat(0);
  }

  private static final class Metrics extends UnregisteredMetricsGroup {
    private final Map<String, Metric> byName = new HashMap<>();

    @Override
    public Counter counter(String name) {
      return (Counter) byName.computeIfAbsent(name, n -> super.counter(n));
    }

    @Override
    public <H extends Histogram> H histogram(String name, H histogram) {
      byName.put(name, histogram);
      return histogram;
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
      byName.put(name, gauge);
      return gauge;
    }

    long count(String name) {
      return ((Counter) byName.get(name)).getCount();
    }
  }
}
