/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.pipeline;

import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.event.ValidateFunction;
import io.github.flinkrecsys.operators.factorization.ModelReadFunction;
import io.github.flinkrecsys.operators.factorization.ModelRow;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Wires what brings rows of offline models: readers and checks. */
final class ModelStreams {
  private final RecommenderGraph graph;
  private final List<DataStream<DeadLetter>> refused = new ArrayList<>();

  ModelStreams(RecommenderGraph graph) {
    this.graph = graph;
  }

  /** Gives all rows, those of users if asked, else of items, or null if there are no models. */
  SingleOutputStreamOperator<ModelRow> rows(OfflineModels models, StreamExecutionEnvironment env) {
    DataStream<ModelRow> rows = null;
    if (models.initialFile() != null) {
      DataStream<String> path =
          graph.named("initial-model", env.fromData(models.initialFile()).setParallelism(1));
      rows = plus(rows, read("read-initial-model", path, true));
    }
    if (models.initialRows() != null) {
      rows = plus(rows, models.initialRows());
    }
    if (models.newerFiles() != null) {
      rows =
          plus(
              rows,
              timeless("newer-models", read("read-newer-models", models.newerFiles(), false)));
    }
    if (models.newerRows() != null) {
      rows = plus(rows, timeless("newer-model-rows", models.newerRows()));
    }
    return check(rows);
  }

  private static DataStream<ModelRow> plus(DataStream<ModelRow> rows, DataStream<ModelRow> more) {
    return rows == null ? more : rows.union(more);
  }

  private DataStream<ModelRow> read(String operator, DataStream<String> paths, boolean isRequired) {
    SingleOutputStreamOperator<ModelRow> rows =
        graph
            .named(operator, paths.process(new ModelReadFunction(graph.model(), isRequired)))
            .setParallelism(1);
    refused.add(rows.getSideOutput(DeadLetter.TAG));
    return rows;
  }

  /** Newer models come at any time, and must not hold that of interactions back. */
  private DataStream<ModelRow> timeless(String operator, DataStream<ModelRow> rows) {
    WatermarkStrategy<ModelRow> end =
        WatermarkStrategy.<ModelRow>forGenerator(context -> new LastWatermark())
            .withTimestampAssigner((row, ignored) -> Long.MIN_VALUE);
    return graph.named(operator, rows.assignTimestampsAndWatermarks(end));
  }

  private SingleOutputStreamOperator<ModelRow> check(DataStream<ModelRow> rows) {
    int factors = graph.model().factors().factors();
    SingleOutputStreamOperator<ModelRow> valid =
        graph.named(
            "validate-models",
            rows.process(
                new ValidateFunction<>(ModelRow.class, row -> ModelRow.violation(row, factors))));
    refused.add(valid.getSideOutput(DeadLetter.TAG));
    return valid;
  }

  /** Gives what was refused; to be called after {@link #rows}. */
  List<DataStream<DeadLetter>> refused() {
    return refused;
  }

  /** Says at once that nothing is to be waited for, one short of the end, which is another's. */
  private static final class LastWatermark implements WatermarkGenerator<ModelRow> {
    private static final Watermark LAST = new Watermark(Long.MAX_VALUE - 1);

    @Override
    public void onEvent(ModelRow row, long eventTimestamp, WatermarkOutput output) {
      output.emitWatermark(LAST);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.emitWatermark(LAST);
    }
  }
}
