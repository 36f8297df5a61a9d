/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.als;

import io.github.flinkrecsys.core.als.FactorModel;
import io.github.flinkrecsys.core.als.FactorRow;
import io.github.flinkrecsys.core.als.ImplicitAlsConfig;
import io.github.flinkrecsys.core.als.InteractionMatrix;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.operators.als.ImplicitAlsGraph;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;

/**
 * Trains as a bounded job. The rows come back to this process, which judges the model; a job of
 * one's own sends them to a sink instead.
 */
final class FlinkTraining {
  private final ImplicitAlsConfig config;
  private final int blocks;

  FlinkTraining(ImplicitAlsConfig config, int blocks) {
    this.config = config;
    this.blocks = blocks;
  }

  /** Trains on a file; the model's users and items are in the order of the matrix. */
  FactorModel train(Path file, InteractionMatrix matrix, long version) throws Exception {
    Configuration settings = new Configuration();
    settings.setString("execution.runtime-mode", "BATCH");
    settings.setString("pipeline.generic-types", "false");
    settings.setString("pipeline.auto-generate-uids", "false");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(settings)
            .setParallelism(config.threads());
    DataStream<Interaction> interactions =
        env.fromData(file.toString())
            .uid("als-file")
            .flatMap(new Pairs())
            .returns(Interaction.class)
            .uid("als-pairs");
    DataStream<FactorRow> rows =
        ImplicitAlsGraph.train(interactions, config, blocks, blocks, "als").rows();
    Map<String, float[]> users = new HashMap<>();
    Map<String, float[]> items = new HashMap<>();
    // Not try-with-resources, of which the compiler warns where closing may be interrupted.
    CloseableIterator<FactorRow> trained = rows.executeAndCollect("als");
    try {
      trained.forEachRemaining(
          row -> (row.side() == FactorRow.Side.USER ? users : items).put(row.id(), row.factors()));
    } finally {
      trained.close();
    }
    return new FactorModel(
        version,
        config.factors(),
        matrix.userIds(),
        inOrder(matrix.userIds(), users),
        matrix.itemIds(),
        inOrder(matrix.itemIds(), items));
  }

  private static float[][] inOrder(List<String> ids, Map<String, float[]> rows) {
    return ids.stream().map(rows::get).toArray(float[][]::new);
  }

  /** Reads the file where the job runs. */
  private static final class Pairs implements FlatMapFunction<String, Interaction> {
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(String file, Collector<Interaction> out) throws Exception {
      PairsByUserFile.read(
          "--train", Path.of(file), (user, item) -> out.collect(Interaction.click(user, item, 0)));
    }
  }
}
