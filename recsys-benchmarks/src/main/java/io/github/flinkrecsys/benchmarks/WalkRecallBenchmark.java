/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.benchmarks;

import io.github.flinkrecsys.core.evaluation.EvaluationConfig;
import io.github.flinkrecsys.core.evaluation.EvaluationResult;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.SessionLogParser;
import io.github.flinkrecsys.core.graph.GraphConfig;
import io.github.flinkrecsys.core.ranking.Sources;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.examples.stream.ShopStream;
import io.github.flinkrecsys.examples.stream.ShopStreamConfig;
import io.github.flinkrecsys.operators.event.InteractionWatermarks;
import io.github.flinkrecsys.operators.pipeline.Recsys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/**
 * Are walks over the graph worth their cost? Recall@10 of every source and of the blend, from the
 * job at its defaults without the graph and with it.
 *
 * <p>Usage: {@code walk-recall ratings FILE}, MovieLens ratings of which those of 4 and more count;
 * {@code walk-recall sessions FILE}, clicks by session, each session a user; {@code walk-recall
 * shop EVENTS}, the generated shop.
 */
public final class WalkRecallBenchmark {
  private static final GraphConfig GRAPH =
      GraphConfig.builder().window(Duration.ofDays(365)).build();

  /** The source's events, for a generator function that cannot carry them itself. */
  private static volatile List<Interaction> events = List.of();

  private WalkRecallBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param args kind of stream, and which
   * @throws Exception if it cannot be read or the job fails
   */
  public static void main(String[] args) throws Exception {
    events =
        switch (args[0]) {
          case "ratings" -> Ratings.read(Path.of(args[1]));
          case "sessions" -> sessions(Path.of(args[1]));
          case "shop" -> shop(Long.parseLong(args[1]));
          default -> throw new IllegalArgumentException("kind must be known, got " + args[0]);
        };
    Map<String, Double> without = recall(GraphConfig.NONE);
    Map<String, Double> with = recall(GRAPH);
    System.out.printf("%-18s %8s %8s%n", "recall@10", "without", "with");
    with.forEach(
        (source, recall) ->
            System.out.printf(
                "%-18s %8.4f %8.4f%n", source, without.getOrDefault(source, Double.NaN), recall));
    System.out.printf(
        "gain of the blend %+.4f%n", with.get(Sources.BLEND) - without.get(Sources.BLEND));
  }

  private static List<Interaction> sessions(Path file) throws Exception {
    SessionLogParser parser = new SessionLogParser();
    List<Interaction> read = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      Interaction interaction = parser.parse(line);
      if (interaction != null) {
        read.add(interaction);
      }
    }
    read.sort(Comparator.comparingLong(Interaction::timestampMillis));
    return read;
  }

  private static List<Interaction> shop(long count) {
    Checks.positive("events", count);
    List<Interaction> made = new ArrayList<>();
    new ShopStream(ShopStreamConfig.builder().events(count).build()).forEachRemaining(made::add);
    return made;
  }

  private static Map<String, Double> recall(GraphConfig graph) throws Exception {
    long start = System.nanoTime();
    StreamExecutionEnvironment env = ThroughputBenchmark.environment();
    DataGeneratorSource<Interaction> source =
        new DataGeneratorSource<>(
            index -> events.get(index.intValue()),
            events.size(),
            TypeInformation.of(Interaction.class));
    DataStream<Interaction> interactions =
        ThroughputBenchmark.named(
                "watermarks",
                ThroughputBenchmark.named(
                        "source",
                        env.fromSource(source, WatermarkStrategy.noWatermarks(), "source"))
                    .setParallelism(1)
                    .assignTimestampsAndWatermarks(
                        InteractionWatermarks.of(Duration.ZERO, Duration.ofMinutes(1))))
            .setParallelism(1);
    DataStream<EvaluationResult> results =
        Recsys.builder("walk")
            .graph(graph)
            .evaluation(EvaluationConfig.of(10, Duration.ofDays(1)))
            .build()
            .apply(interactions)
            .evaluation();
    Map<String, Double> recall = new TreeMap<>();
    try (CloseableIterator<EvaluationResult> all = results.executeAndCollect()) {
      while (all.hasNext()) {
        EvaluationResult result = all.next();
        if (result.total()) {
          recall.put(result.source(), result.recall());
        }
      }
    }
    System.out.printf(
        "%,d events in %.1f s, graph %s%n",
        events.size(), (System.nanoTime() - start) / 1e9, graph.isOn() ? "on" : "off");
    return recall;
  }
}
