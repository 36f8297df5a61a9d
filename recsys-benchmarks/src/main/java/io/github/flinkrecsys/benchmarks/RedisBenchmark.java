/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.benchmarks;

import io.github.flinkrecsys.connectors.redis.RedisConfig;
import io.github.flinkrecsys.connectors.redis.RedisRecommendationSink;
import io.github.flinkrecsys.connectors.redis.RedisWriteConfig;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import java.util.Locale;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Lists per second into a Redis server that runs already, pipelined and one at a time. The lists
 * stay there, of users who are named as those of the generated shop, for {@link ServeBenchmark}.
 */
final class RedisBenchmark {
  private static final int LISTS = 200_000;
  private static final int USERS = 50_000;
  private static final int K = 10;
  private static final int RUNS = 3;

  private RedisBenchmark() {}

  static void main(String[] args) throws Exception {
    RedisConfig redis = RedisConfig.server(args[0]).keyPrefix("recsys-benchmark").build();
    RedisWriteConfig pipelined = RedisWriteConfig.defaults();
    RedisWriteConfig single = RedisWriteConfig.builder().maxInFlight(1).batchSize(1).build();
    run(redis, pipelined, LISTS);
    for (int run = 1; run <= RUNS; run++) {
      double fast = run(redis, pipelined, LISTS);
      double slow = run(redis, single, LISTS / 10);
      System.out.printf(
          Locale.ROOT,
          "run %d: pipelined %,.0f lists per second, one at a time %,.0f, ratio %.1f%n",
          run,
          fast,
          slow,
          fast / slow);
    }
  }

  private static double run(RedisConfig redis, RedisWriteConfig writes, int lists)
      throws Exception {
    Configuration settings = new Configuration();
    settings.setString("pipeline.generic-types", "false");
    settings.setString("pipeline.auto-generate-uids", "false");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
    env.setParallelism(1);
    env.fromSource(
            new DataGeneratorSource<>(
                (GeneratorFunction<Long, RecommendationList>) RedisBenchmark::list,
                lists,
                TypeInformation.of(RecommendationList.class)),
            WatermarkStrategy.noWatermarks(),
            "lists")
        .uid("lists")
        .sinkTo(new RedisRecommendationSink(redis, writes))
        .uid("redis");
    long start = System.nanoTime();
    env.execute();
    return lists / ((System.nanoTime() - start) / 1e9);
  }

  private static RecommendationList list(long i) {
    ScoredItem[] items = new ScoredItem[K];
    for (int rank = 0; rank < K; rank++) {
      items[rank] = new ScoredItem("item-" + (i + rank), 1f / (1 + rank), "blend", "item-" + rank);
    }
    return new RecommendationList(ServeBenchmark.user((int) (i % USERS)), i, 0, items);
  }
}
