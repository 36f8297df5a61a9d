/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.neighbor.SimilarItems;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.operators.event.JsonSchema;
import io.github.flinkrecsys.operators.factorization.ItemFactor;
import io.github.flinkrecsys.operators.pipeline.Recsys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Jobs with checkpoints that write to a real server. */
@Timeout(120)
class RedisSinkITCase {
  private static final int LISTS = 8_000;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @TempDir Path directory;

  @Test
  void newestListOfEveryUserIsThereAfterTheServerAndTheJobFailed() throws Exception {
    FailingOnce.reset();
    try (TestRedis redis = TestRedis.start(directory)) {
      RedisConfig config = RedisConfig.server(redis.node()).build();
      StreamExecutionEnvironment env = environment();
      env.fromSource(
              new DataGeneratorSource<>(
                  (GeneratorFunction<Long, RecommendationList>) RedisSinkITCase::list,
                  LISTS,
                  RateLimiterStrategy.perSecond(2_000),
                  TypeInformation.of(RecommendationList.class)),
              WatermarkStrategy.noWatermarks(),
              "lists")
          .uid("lists")
          .map(new FailingOnce())
          .uid("failing-once")
          .keyBy(RecommendationList::userId)
          .sinkTo(new RedisRecommendationSink(config, patient()))
          .uid("redis");
      JobClient job = env.executeAsync();
      while (FailingOnce.SEEN.get() < 1_000 || !FailingOnce.HAS_CHECKPOINT.get()) {
        Thread.sleep(10);
      }
      redis.kill();
      // Time in which a sink that did not wait for Redis would pass a checkpoint.
      Thread.sleep(500);
      FailingOnce.DUE.set(true);
      while (FailingOnce.DUE.get()) {
        Thread.sleep(10);
      }
      redis.restart();
      job.getJobExecutionResult().get(120, TimeUnit.SECONDS);

      try (RedisRecommendations recommendations = RedisRecommendations.open(config)) {
        for (long i = 1; i < LISTS; i += 2) {
          RecommendationList newest = list(i);
          assertThat(
                  recommendations
                      .ofUser(newest.userId())
                      .toCompletableFuture()
                      .get(10, TimeUnit.SECONDS))
              .contains(newest);
        }
      }
    }
  }

  @Test
  void refusesWhatHasNoKeyAndWritesFactors() throws Exception {
    try (TestRedis redis = TestRedis.start(directory)) {
      RedisConfig config = RedisConfig.server(redis.node()).keyPrefix("shop").build();
      StreamExecutionEnvironment env = environment();
      env.fromData(
              new ItemFactor("i1", new float[] {0.5f, -1f}, 0.25f, 7),
              new ItemFactor("", new float[] {0.5f}, 0, 8),
              new ItemFactor("i2", new float[] {0.5f}, 0, -1),
              new ItemFactor("i1", new float[] {9f, 9f}, 9f, 6))
          .uid("factors")
          .sinkTo(new RedisItemFactorSink(config))
          .uid("redis");
      env.executeAsync().getJobExecutionResult().get(60, TimeUnit.SECONDS);
      try (TestReader reader = new TestReader(config)) {
        assertThat(reader.value("shop:item-factors:i1"))
            .isEqualTo("{\"itemId\":\"i1\",\"factors\":[0.5,-1.0],\"bias\":0.25,\"updates\":7}");
        assertThat(reader.value("shop:item-factors:i2")).isNull();
      }
    }
  }

  @Test
  void refusesWhatHasNoKeyAndKeepsTheNewestNeighbors() throws Exception {
    try (TestRedis redis = TestRedis.start(directory)) {
      RedisConfig config = RedisConfig.server(redis.node()).keyPrefix("shop").build();
      StreamExecutionEnvironment env = environment();
      env.fromData(
              neighbors("i1", 7, "i2", "i3"),
              neighbors("", 8, "i2"),
              neighbors("i2", -1, "i1"),
              neighbors("i1", 6, "i4"))
          .uid("neighbors")
          .sinkTo(new RedisItemNeighborSink(config))
          .uid("redis");
      env.executeAsync().getJobExecutionResult().get(60, TimeUnit.SECONDS);
      try (TestReader reader = new TestReader(config)) {
        String key = "shop:item-neighbors:";
        assertThat(reader.value(key + "i1"))
            .isEqualTo(
                "{\"itemId\":\"i1\",\"timestampMillis\":7,\"neighborIds\":[\"i2\",\"i3\"],"
                    + "\"forward\":[1.0,0.5],\"backward\":[0.0,0.0]}");
        assertThat(reader.version(key + "i1")).isEqualTo("7");
        assertThat(reader.value(key + "i2")).isNull();
        assertThat(reader.value(key)).isNull();
      }
    }
  }

  @Test
  void publishesTheNeighborsThatARecommenderFinds() throws Exception {
    try (TestRedis redis = TestRedis.start(directory)) {
      RedisConfig config = RedisConfig.server(redis.node()).keyPrefix("shop").build();
      StreamExecutionEnvironment env = environment();
      // Everybody who turns to an even item turns to the next one, which is odd.
      DataStream<Interaction> interactions =
          env.fromSource(
                  new DataGeneratorSource<>(
                      (GeneratorFunction<Long, Interaction>)
                          n -> Interaction.click("u" + n / 2, "i" + n % 20, 1_000 + n),
                      400,
                      TypeInformation.of(Interaction.class)),
                  WatermarkStrategy.noWatermarks(),
                  "interactions")
              .uid("interactions")
              .setParallelism(1);
      Recsys.builder("shop")
          .build()
          .apply(interactions)
          .itemNeighbors(5)
          .sinkTo(new RedisItemNeighborSink(config))
          .uid("redis");
      env.executeAsync().getJobExecutionResult().get(60, TimeUnit.SECONDS);
      JsonSchema<SimilarItems> json = new JsonSchema<>(SimilarItems.class);
      try (TestReader reader = new TestReader(config)) {
        for (int item = 0; item < 20; item++) {
          String value = reader.value("shop:item-neighbors:i" + item);
          SimilarItems list = json.deserialize(value.getBytes(StandardCharsets.UTF_8));
          assertThat(list.neighborIds()).as("of i%d", item).containsExactly("i" + (item ^ 1));
          assertThat(list.timestampMillis()).as("of i%d", item).isBetween(1_380L, 1_399L);
        }
      }
    }
  }

  private static SimilarItems neighbors(String itemId, long timestampMillis, String... ids) {
    float[] forward = new float[ids.length];
    for (int i = 0; i < ids.length; i++) {
      forward[i] = 1f / (i + 1);
    }
    return new SimilarItems(itemId, timestampMillis, ids, forward, new float[ids.length]);
  }

  private static StreamExecutionEnvironment environment() {
    Configuration settings = new Configuration();
    settings.setString("pipeline.generic-types", "false");
    settings.setString("pipeline.auto-generate-uids", "false");
    settings.setString("execution.checkpointing.interval", "100 ms");
    settings.setString("restart-strategy.type", "fixed-delay");
    settings.setString("restart-strategy.fixed-delay.attempts", "1");
    settings.setString("restart-strategy.fixed-delay.delay", "10 ms");
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
    env.setParallelism(2);
    return env;
  }

  private static RedisWriteConfig patient() {
    return RedisWriteConfig.builder()
        .backoff(Duration.ofMillis(10), Duration.ofMillis(200))
        .maxInFlight(LISTS)
        .build();
  }

  /** Two lists for each user, one after the other. */
  private static RecommendationList list(long i) {
    ScoredItem[] items = {new ScoredItem("i" + i, i, "factors", i % 2 == 0 ? null : "because")};
    return new RecommendationList("u" + i / 2, i, 0, items);
  }

  /** Fails once, when it is due; not in the sink's task, which waits for Redis then. */
  private static final class FailingOnce
      extends RichMapFunction<RecommendationList, RecommendationList>
      implements CheckpointListener {
    private static final long serialVersionUID = 1L;
    private static final AtomicLong SEEN = new AtomicLong();
    private static final AtomicBoolean HAS_CHECKPOINT = new AtomicBoolean();
    private static final AtomicBoolean DUE = new AtomicBoolean();

    static void reset() {
      SEEN.set(0);
      HAS_CHECKPOINT.set(false);
      DUE.set(false);
    }

    @Override
    public RecommendationList map(RecommendationList list) {
      SEEN.incrementAndGet();
      if (DUE.compareAndSet(true, false)) {
        throw new IllegalStateException("an injected failure");
      }
      return list;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      HAS_CHECKPOINT.set(SEEN.get() > 0);
    }
  }
}
