/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.benchmarks;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.factorization.ItemDelta;
import io.github.flinkrecsys.operators.factorization.ItemDeltaSplitter;
import io.github.flinkrecsys.operators.factorization.ItemFactorFunction;
import io.github.flinkrecsys.operators.factorization.ModelSettings;
import io.github.flinkrecsys.operators.factorization.UserFactorFunction;
import io.github.flinkrecsys.operators.replica.ItemReplicaFunction;
import io.github.flinkrecsys.operators.replica.ReplicaUpdate;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * What does learning cost? Events per second of source, user factors, item factors and replica, as
 * a ratio to a job that only passes the same source through one keyed exchange.
 *
 * <p>200,000 users, 20,000 items by Zipf's law, 32 factors, hashmap state, 2 slots. The jobs take
 * turns; figures are medians of 5 runs after a warm-up. Usage: {@code throughput [millions of
 * pass-through events]}.
 */
public final class ThroughputBenchmark {
  private static final int PARALLELISM = 2;
  private static final int FACTORS = 32;
  private static final int RUNS = 5;

  private ThroughputBenchmark() {}

  private interface Pipeline {
    void append(KeyedStream<Interaction, String> interactions);
  }

  private record Job(String name, double shareOfEvents, Pipeline pipeline) {}

  /**
   * Runs the benchmark.
   *
   * @param args millions of events of the pass-through job, default 20
   * @throws Exception if a job fails
   */
  public static void main(String[] args) throws Exception {
    double millions = args.length > 0 ? Double.parseDouble(args[0]) : 20;
    Checks.inRange("millions", millions, 0, 10_000);
    Job[] jobs = {
      new Job("pass-through", 1, stream -> end("pass", stream)),
      new Job("pointwise", 0.75, stream -> learn(stream, FactorConfig.positive().factors(FACTORS))),
      new Job("bpr", 0.2, stream -> learn(stream, FactorConfig.pairwise().factors(FACTORS)))
    };
    Map<String, double[]> rates = new TreeMap<>();
    for (int run = -1; run < RUNS; run++) {
      for (Job job : jobs) {
        long events = (long) (millions * 1e6 * job.shareOfEvents());
        double rate = run(job, events);
        System.out.printf(
            "%-6s %-12s %,12.0f events/s%n", run < 0 ? "warm" : run, job.name(), rate);
        if (run >= 0) {
          rates.computeIfAbsent(job.name(), n -> new double[RUNS])[run] = rate;
        }
      }
    }
    double base = median(rates.get("pass-through"));
    for (Job job : jobs) {
      double rate = median(rates.get(job.name()));
      System.out.printf(
          "median %-12s %,12.0f events/s, ratio %.3f%n", job.name(), rate, rate / base);
    }
  }

  private static double run(Job job, long events) throws Exception {
    StreamExecutionEnvironment env = environment();
    DataGeneratorSource<Interaction> source =
        new DataGeneratorSource<>(
            new ZipfInteractions(), events, TypeInformation.of(Interaction.class));
    job.pipeline()
        .append(
            named("source", env.fromSource(source, WatermarkStrategy.noWatermarks(), "source"))
                .keyBy(Interaction::userId));
    long millis = env.execute(job.name()).getNetRuntime();
    return events / (millis / 1e3);
  }

  static StreamExecutionEnvironment environment() {
    Configuration configuration = new Configuration();
    configuration.setString("taskmanager.numberOfTaskSlots", String.valueOf(PARALLELISM));
    configuration.setString("taskmanager.memory.network.min", "128 mb");
    configuration.setString("taskmanager.memory.network.max", "128 mb");
    configuration.setString("pipeline.object-reuse", "true");
    configuration.setString("pipeline.generic-types", "false");
    configuration.setString("pipeline.auto-generate-uids", "false");
    return StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, configuration);
  }

  static void learn(KeyedStream<Interaction, String> interactions, FactorConfig.Builder factors) {
    ModelSettings model = ModelSettings.builder("benchmark").factors(factors.build()).build();
    SingleOutputStreamOperator<ItemDeltas> deltas =
        named("user-factors", interactions.process(new UserFactorFunction(model, false)));
    named(
        "replica",
        named(
                "to-replica",
                deltas
                    .map(d -> ReplicaUpdate.of(d))
                    .returns(TypeInformation.of(ReplicaUpdate.class)))
            .broadcast()
            .process(new ItemReplicaFunction(model.replica())));
    end(
        "items",
        named(
            "item-factors",
            named("split", deltas.flatMap(new ItemDeltaSplitter()))
                .keyBy(ItemDelta::itemId)
                .process(new ItemFactorFunction(model))));
  }

  static <T> void end(String name, DataStream<T> stream) {
    stream.sinkTo(new DiscardingSink<>()).name(name).uid(name);
  }

  static <T> SingleOutputStreamOperator<T> named(
      String name, SingleOutputStreamOperator<T> stream) {
    return stream.name(name).uid(name);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
