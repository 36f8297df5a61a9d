/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.benchmarks;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.operators.event.InteractionWatermarks;
import io.github.flinkrecsys.operators.pipeline.RecommendationStreams;
import io.github.flinkrecsys.operators.pipeline.Recsys;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What do a hot item and a hot user cost? Events per second of streams in which one item has half
 * of all events, one user a tenth, or both, as a ratio to a stream of even users and items.
 *
 * <p>50,000 users, 5,000 items, hashmap state, 2 slots; once for learning alone (BPR, 32 factors)
 * and once for all of {@code Recsys} at its defaults. The streams take turns; figures are medians
 * of 3 runs after a warm-up. Usage: {@code skew [thousands of events that Recsys gets]}; learning
 * alone gets 25 times as many.
 */
public final class SkewBenchmark {
  private static final int USERS = 50_000;
  private static final int ITEMS = 5_000;
  private static final int RUNS = 3;
  private static final int LEARNING_EVENTS = 25;

  private SkewBenchmark() {}

  private record Stream(String name, double hotItem, double hotUser) {}

  private static final Stream[] STREAMS = {
    new Stream("even", 0, 0),
    new Stream("hot item", 0.5, 0),
    new Stream("hot user", 0, 0.1),
    new Stream("both", 0.5, 0.1)
  };

  private interface Pipeline {
    void append(DataStream<Interaction> interactions);
  }

  /** Even users and items, but for one of each. */
  private record Interactions(double hotItem, double hotUser)
      implements GeneratorFunction<Long, Interaction> {
    @Override
    public Interaction map(Long number) {
      long bits = Hashes.mix(number);
      long more = Hashes.mix(bits);
      long user = Hashes.unit(Hashes.mix(more)) < hotUser ? 0 : Hashes.below(bits, USERS);
      long item = Hashes.unit(Hashes.mix(~more)) < hotItem ? 0 : Hashes.below(more, ITEMS);
      return Interaction.click("u" + user, "i" + item, number);
    }
  }

  /**
   * Runs the benchmark.
   *
   * @param args thousands of events, default 40
   * @throws Exception if a job fails
   */
  public static void main(String[] args) throws Exception {
    double thousands = args.length > 0 ? Double.parseDouble(args[0]) : 40;
    Checks.inRange("thousands", thousands, 0, 1e6);
    long events = (long) (thousands * 1_000);
    compare("learning", events * LEARNING_EVENTS, SkewBenchmark::learn);
    compare("recsys", events, SkewBenchmark::recommend);
  }

  private static void compare(String name, long events, Pipeline pipeline) throws Exception {
    Map<String, double[]> rates = new TreeMap<>();
    for (int run = -1; run < RUNS; run++) {
      for (Stream stream : STREAMS) {
        double rate = run(stream, events, pipeline);
        System.out.printf(
            "%-6s %-10s %-10s %,12.0f events/s%n",
            run < 0 ? "warm" : run, name, stream.name(), rate);
        if (run >= 0) {
          rates.computeIfAbsent(stream.name(), n -> new double[RUNS])[run] = rate;
        }
      }
    }
    double base = ThroughputBenchmark.median(rates.get(STREAMS[0].name()));
    for (Stream stream : STREAMS) {
      double rate = ThroughputBenchmark.median(rates.get(stream.name()));
      System.out.printf(
          "median %-10s %-10s %,12.0f events/s, ratio %.2f%n",
          name, stream.name(), rate, rate / base);
    }
  }

  private static double run(Stream stream, long events, Pipeline pipeline) throws Exception {
    StreamExecutionEnvironment env = ThroughputBenchmark.environment();
    DataGeneratorSource<Interaction> source =
        new DataGeneratorSource<>(
            new Interactions(stream.hotItem(), stream.hotUser()),
            events,
            TypeInformation.of(Interaction.class));
    pipeline.append(
        ThroughputBenchmark.named(
            "source", env.fromSource(source, WatermarkStrategy.noWatermarks(), "source")));
    long millis = env.execute(stream.name()).getNetRuntime();
    return events / (millis / 1e3);
  }

  private static void learn(DataStream<Interaction> interactions) {
    ThroughputBenchmark.learn(
        interactions.keyBy(Interaction::userId), FactorConfig.pairwise().factors(32));
  }

  private static void recommend(DataStream<Interaction> interactions) {
    RecommendationStreams streams =
        Recsys.builder("skew")
            .build()
            .apply(
                ThroughputBenchmark.named(
                    "watermarks",
                    interactions.assignTimestampsAndWatermarks(
                        InteractionWatermarks.of(Duration.ofMinutes(1), Duration.ofMinutes(1)))));
    ThroughputBenchmark.end("lists", streams.recommendations());
    ThroughputBenchmark.end("factors", streams.itemFactors());
    ThroughputBenchmark.end("popularity", streams.popularity());
  }
}
