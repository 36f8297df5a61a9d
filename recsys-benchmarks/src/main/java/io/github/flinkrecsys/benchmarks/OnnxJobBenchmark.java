/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.benchmarks;

import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.inference.model.ModelVersion;
import io.github.flinkrecsys.inference.ranking.BatchSettings;
import io.github.flinkrecsys.inference.ranking.CandidateFeatures;
import io.github.flinkrecsys.inference.ranking.InferenceConfig;
import io.github.flinkrecsys.inference.ranking.OnnxRankingFunction;
import io.github.flinkrecsys.inference.ranking.OnnxStages;
import java.util.Arrays;
import java.util.Locale;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** Lists of 50 candidates through a job with a model: how many a second, and how late they come. */
final class OnnxJobBenchmark {
  private static final int CANDIDATES = 50;
  private static final int K = 10;
  private static final int RATE = 500;
  private static final int PACED = 8 * RATE;
  private static final int WARM_UP = 2 * RATE;
  private static final int FULL_SPEED = 100_000;

  /** The first two warm the code up, and are reported for what they are. */
  private static final int RUNS = 5;

  /** Written by the only sink's thread, read when the job has ended. */
  private static long[] nanos = {};

  private static int count;

  private OnnxJobBenchmark() {}

  static void run(ModelVersion model) throws Exception {
    for (int run = 1; run <= RUNS; run++) {
      report(run, "no model", null);
      report(
          run,
          "one list a run",
          InferenceConfig.of(model, OnnxBenchmark.CONTRACT).withBatches(BatchSettings.NONE));
      report(
          run,
          "batches of 512 rows within 5 ms",
          InferenceConfig.of(model, OnnxBenchmark.CONTRACT));
    }
  }

  private static void report(int run, String name, InferenceConfig config) throws Exception {
    double perSecond = FULL_SPEED / job(config, FULL_SPEED, false);
    job(config, PACED, true);
    long[] sorted = Arrays.copyOfRange(nanos, WARM_UP, count);
    Arrays.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "run %d, %s: %,.0f lists (%,.0f candidates) per second; at %d lists per second p50 %.1f ms,"
            + " p99 %.1f ms%n",
        run,
        name,
        perSecond,
        perSecond * CANDIDATES,
        RATE,
        sorted[sorted.length / 2] / 1e6,
        sorted[(int) (0.99 * sorted.length)] / 1e6);
  }

  private static double job(InferenceConfig config, int lists, boolean paced) throws Exception {
    Configuration settings = new Configuration();
    settings.setString("pipeline.generic-types", "false");
    settings.setString("pipeline.auto-generate-uids", "false");
    settings.setString("execution.buffer-timeout.interval", "1 ms");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
    env.setParallelism(1);
    nanos = new long[lists];
    count = 0;
    DataStream<CandidateFeatures> candidates =
        env.fromSource(
                new DataGeneratorSource<>(
                    (GeneratorFunction<Long, CandidateFeatures>) OnnxJobBenchmark::list,
                    lists,
                    paced ? RateLimiterStrategy.perSecond(RATE) : RateLimiterStrategy.noOp(),
                    TypeInformation.of(CandidateFeatures.class)),
                WatermarkStrategy.noWatermarks(),
                "candidates")
            .uid("candidates");
    DataStream<RecommendationList> ranked =
        config == null
            ? candidates.rebalance().map(CandidateFeatures::list).uid("pass")
            : OnnxStages.rank(candidates, null, new OnnxRankingFunction(K, false), config, "rank");
    ranked
        .map(OnnxJobBenchmark::arrived)
        .returns(Types.INT)
        .uid("arrived")
        .sinkTo(new DiscardingSink<>())
        .uid("end");
    long start = System.nanoTime();
    env.execute();
    return (System.nanoTime() - start) / 1e9;
  }

  private static int arrived(RecommendationList list) {
    nanos[count++] = System.nanoTime() - list.generatedAtMillis();
    return 0;
  }

  /** The time of the list is that of the clock of this process, in nanoseconds. */
  private static CandidateFeatures list(long n) {
    ScoredItem[] items = new ScoredItem[CANDIDATES];
    float[] rows = new float[CANDIDATES * (OnnxBenchmark.FEATURES - 8)];
    for (int i = 0; i < CANDIDATES; i++) {
      items[i] = new ScoredItem("item-" + (n + i) % 10_000, 1f / (1 + i), "factors", null);
      rows[i * (OnnxBenchmark.FEATURES - 8)] = (n * 31 + i * 17) % 101;
    }
    return new CandidateFeatures(
        new RecommendationList("user-" + n % 1_000, System.nanoTime(), 0, items),
        new float[8],
        rows,
        1);
  }
}
