/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.benchmarks;

import io.github.flinkrecsys.core.evaluation.EvaluationConfig;
import io.github.flinkrecsys.core.evaluation.EvaluationResult;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.ranking.Sources;
import io.github.flinkrecsys.operators.event.InteractionWatermarks;
import io.github.flinkrecsys.operators.pipeline.Recsys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/**
 * Is the blend ever worse than its best source? Recall@10 of each source and of the blend over
 * every tenth of the events that were judged, from the job at its defaults, parallelism 2, full
 * replay speed.
 *
 * <p>Usage: {@code tenths FILE}, a file of MovieLens ratings, of which those of 4 and more count.
 */
public final class TenthsBenchmark {
  private static final int WINDOWS = 5_000;

  /** The source's events, for a generator function that cannot carry them itself. */
  private static volatile List<Interaction> events = List.of();

  private TenthsBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param args the file
   * @throws Exception if it cannot be read or the job fails
   */
  public static void main(String[] args) throws Exception {
    events = Ratings.read(Path.of(args[0]));
    Map<String, TreeMap<Long, EvaluationResult>> windows = windows();
    for (Map.Entry<String, TreeMap<Long, EvaluationResult>> source : windows.entrySet()) {
      System.out.printf("%-18s", source.getKey());
      tenths(source.getValue()).forEach(recall -> System.out.printf(" %.4f", recall));
      System.out.println();
    }
    List<Double> blend = tenths(windows.get(Sources.BLEND));
    for (int tenth = 0; tenth < blend.size(); tenth++) {
      for (Map.Entry<String, TreeMap<Long, EvaluationResult>> source : windows.entrySet()) {
        double recall = tenths(source.getValue()).get(tenth);
        if (recall > blend.get(tenth)) {
          System.out.printf(
              "tenth %d: %s is better than the blend by %.4f%n",
              tenth + 1, source.getKey(), recall - blend.get(tenth));
        }
      }
    }
  }

  /** Cuts where a tenth of all judged events is full, to the window. */
  private static List<Double> tenths(TreeMap<Long, EvaluationResult> windows) {
    long all = windows.values().stream().mapToLong(EvaluationResult::scored).sum();
    List<Double> recalls = new ArrayList<>();
    long before = 0;
    long scored = 0;
    double hits = 0;
    for (EvaluationResult window : windows.values()) {
      if (window.scored() == 0) {
        continue;
      }
      scored += window.scored();
      hits += window.recall() * window.scored();
      if (before + scored >= all * (recalls.size() + 1) / 10) {
        recalls.add(hits / scored);
        before += scored;
        scored = 0;
        hits = 0;
      }
    }
    return recalls;
  }

  private static Map<String, TreeMap<Long, EvaluationResult>> windows() throws Exception {
    Configuration configuration = new Configuration();
    configuration.setString("pipeline.generic-types", "false");
    configuration.setString("pipeline.auto-generate-uids", "false");
    configuration.setString("taskmanager.numberOfTaskSlots", "2");
    configuration.setString("taskmanager.memory.network.min", "128 mb");
    configuration.setString("taskmanager.memory.network.max", "128 mb");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
    DataGeneratorSource<Interaction> source =
        new DataGeneratorSource<>(
            index -> events.get(index.intValue()),
            events.size(),
            TypeInformation.of(Interaction.class));
    DataStream<Interaction> interactions =
        env.fromSource(source, WatermarkStrategy.noWatermarks(), "source")
            .uid("source")
            .setParallelism(1)
            .assignTimestampsAndWatermarks(
                InteractionWatermarks.of(Duration.ZERO, Duration.ofMinutes(1)))
            .uid("watermarks")
            .setParallelism(1);
    long span = events.get(events.size() - 1).timestampMillis() - events.get(0).timestampMillis();
    DataStream<EvaluationResult> results =
        Recsys.builder("tenths")
            .evaluation(EvaluationConfig.of(10, Duration.ofMillis(span / WINDOWS + 1)))
            .build()
            .apply(interactions)
            .evaluation();
    Map<String, TreeMap<Long, EvaluationResult>> windows = new TreeMap<>();
    try (CloseableIterator<EvaluationResult> all = results.executeAndCollect()) {
      while (all.hasNext()) {
        EvaluationResult result = all.next();
        if (!result.total()) {
          windows
              .computeIfAbsent(result.source(), name -> new TreeMap<>())
              .put(result.windowEndMillis(), result);
        }
      }
    }
    return windows;
  }
}
