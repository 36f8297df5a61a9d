/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flinkrecsys.core.als.FactorModel;
import io.github.flinkrecsys.core.als.FactorModelFile;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.operators.event.InteractionWatermarks;
import io.github.flinkrecsys.operators.factorization.ItemFactor;
import io.github.flinkrecsys.operators.factorization.UserFactor;
import io.github.flinkrecsys.operators.replica.SharedReplica;
import io.github.flinkrecsys.operators.testing.JobSettings;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.util.MiniClusterWithClientResource;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job that starts from an offline model, is rescaled through a savepoint, and takes a newer one.
 */
@Timeout(300)
class OfflineModelsITCase {
  private static final int ITEMS = 30;
  private static final int USERS = 20;
  private static final long PHASE = 600;

  private static final MiniClusterWithClientResource CLUSTER =
      new MiniClusterWithClientResource(
          new MiniClusterResourceConfiguration.Builder()
              .setConfiguration(new Configuration())
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(4)
              .build());

  /** How many events may be read, and what was seen last. The job runs in this process. */
  private static final AtomicLong ALLOWED = new AtomicLong();

  private static final AtomicLong NEXT = new AtomicLong();

  private static final Map<String, Long> STEPS = new ConcurrentHashMap<>();
  private static final Map<String, ItemFactor> FACTORS = new ConcurrentHashMap<>();
  private static final Map<Long, Long> LISTS = new ConcurrentHashMap<>();
  private static final AtomicLong PATHS = new AtomicLong();

  @TempDir private static Path folder;

  @BeforeAll
  static void start() throws Exception {
    CLUSTER.before();
  }

  @AfterAll
  static void stop() {
    CLUSTER.after();
    assertThat(SharedReplica.inUse()).isZero();
  }

  @Test
  void theModelComesFirstASavepointKeepsItAndANewerOneNeedsNoRestart() throws Exception {
    Path first = folder.resolve("first");
    FactorModelFile.write(first, model(1, 1));
    ALLOWED.set(PHASE);
    JobClient job = submit(1, first, null);
    await(() -> steps() == PHASE);
    assertThat(LISTS.keySet()).as("model of every list").containsExactly(1L);
    // Each item takes the model's vector and then steps of BPR, which are small beside it.
    await(() -> FACTORS.size() == ITEMS);
    assertThat(FACTORS.values())
        .allSatisfy(item -> assertThat(item.factors()[0]).isBetween(2f, 8f));
    String savepoint = stopWithSavepoint(job);

    ALLOWED.set(2 * PHASE);
    job = submit(2, first, savepoint);
    await(() -> steps() == 2 * PHASE);
    assertThat(LISTS.keySet()).as("the model is in the savepoint").containsExactly(1L);

    FactorModelFile.write(folder.resolve("second"), model(2, -1));
    PATHS.set(1);
    await(() -> FACTORS.values().stream().allMatch(item -> item.factors()[0] < 1.5f));
    ALLOWED.set(3 * PHASE);
    await(() -> steps() == 3 * PHASE && LISTS.containsKey(2L));
    savepoint = stopWithSavepoint(job);

    LISTS.clear();
    ALLOWED.set(4 * PHASE);
    job = submit(1, first, savepoint);
    await(() -> steps() == 4 * PHASE);
    assertThat(LISTS.keySet()).as("after another rescaling").containsExactly(2L);
    job.cancel().get();
  }

  @Test
  void aBrokenInitialModelFailsTheJobWithItsName() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> submit(1, missing, null).getJobExecutionResult().get())
        .hasStackTraceContaining("missing");
  }

  private static FactorModel model(long version, float sign) {
    List<String> users = IntStream.range(0, USERS / 2).mapToObj(u -> "u" + u).toList();
    List<String> items = IntStream.range(0, ITEMS).mapToObj(i -> "i" + i).toList();
    float[][] userRows = new float[users.size()][];
    Arrays.setAll(userRows, u -> new float[] {sign, 0, 0, 1});
    float[][] itemRows = new float[ITEMS][];
    Arrays.setAll(itemRows, i -> new float[] {5 * sign, i, 0, 0});
    return new FactorModel(version, 4, users, userRows, items, itemRows);
  }

  private static JobClient submit(int parallelism, Path initial, String savepoint)
      throws Exception {
    Configuration configuration = JobSettings.strict();
    configuration.setString("execution.checkpointing.interval", "100 ms");
    configuration.setString("restart-strategy.type", "none");
    if (savepoint != null) {
      configuration.setString("execution.state-recovery.path", savepoint);
    }
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(parallelism);
    RecommendationStreams streams =
        Recsys.builder("shop")
            .factors(FactorConfig.pairwise().factors(4).negatives(2).build())
            .withUserFactors()
            .build()
            .apply(
                interactions(env),
                null,
                null,
                OfflineModels.NONE
                    .withInitialFile(initial.toUri().toString())
                    .withNewerFiles(paths(env)));
    see(streams.userFactors(), "users", OfflineModelsITCase::seeUser);
    see(streams.itemFactors(), "items", item -> FACTORS.put(item.itemId(), item));
    see(streams.recommendations(), "lists", OfflineModelsITCase::seeList);
    return env.executeAsync();
  }

  private static void seeUser(UserFactor user) {
    STEPS.merge(user.userId(), user.steps(), Math::max);
  }

  private static void seeList(RecommendationList list) {
    LISTS.merge(list.modelVersion(), 1L, Long::sum);
  }

  private interface Seen<T> extends Serializable {
    void see(T record);
  }

  private static <T> void see(DataStream<T> records, String name, Seen<T> seen) {
    records
        .flatMap((T record, Collector<Integer> out) -> seen.see(record))
        .returns(Types.INT)
        .uid("seen-" + name);
  }

  private static DataStream<Interaction> interactions(StreamExecutionEnvironment env) {
    DataGeneratorSource<Interaction> source =
        new DataGeneratorSource<>(
            OfflineModelsITCase::event,
            Long.MAX_VALUE,
            RateLimiterStrategy.perSecond(5_000),
            TypeInformation.of(Interaction.class));
    return env.fromSource(
            source,
            InteractionWatermarks.of(Duration.ofSeconds(1), Duration.ofMinutes(1)),
            "events")
        .setParallelism(1)
        .uid("events")
        .filter(event -> !event.userId().isEmpty())
        .setParallelism(1)
        .uid("allowed-events");
  }

  /** Not by the source's own number, so that a source with nothing to do can be stopped. */
  private static Interaction event(long ignored) {
    if (NEXT.get() >= ALLOWED.get()) {
      return Interaction.click("", "", 0);
    }
    long number = NEXT.getAndIncrement();
    return Interaction.click("u" + number % USERS, "i" + number * 7 % ITEMS, 1_000 * number);
  }

  private static DataStream<String> paths(StreamExecutionEnvironment env) {
    DataGeneratorSource<String> source =
        new DataGeneratorSource<>(
            OfflineModelsITCase::path,
            Long.MAX_VALUE,
            RateLimiterStrategy.perSecond(20),
            Types.STRING);
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), "paths")
        .setParallelism(1)
        .uid("paths")
        .filter(path -> !path.isEmpty())
        .setParallelism(1)
        .uid("announced-paths");
  }

  private static String path(long number) {
    return PATHS.get() > 0 && number % 10 == 0 ? folder.resolve("second").toString() : "";
  }

  private static long steps() {
    return STEPS.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String stopWithSavepoint(JobClient job) throws Exception {
    return job.stopWithSavepoint(
            false, folder.resolve("savepoints").toUri().toString(), SavepointFormatType.CANONICAL)
        .get();
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) throws InterruptedException {
    while (!condition.holds()) {
      Thread.sleep(10);
    }
  }
}
