/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.evaluation.EvaluationConfig;
import io.github.flinkrecsys.core.evaluation.EvaluationResult;
import io.github.flinkrecsys.core.event.Attributes;
import io.github.flinkrecsys.core.event.Features;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.operators.event.InteractionWatermarks;
import io.github.flinkrecsys.operators.replica.ReplicaScope;
import io.github.flinkrecsys.operators.replica.SharedReplica;
import io.github.flinkrecsys.operators.testing.JobSettings;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.test.util.MiniClusterWithClientResource;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The whole graph on two task managers, with a failure in the middle: every interaction is applied
 * exactly once, as the state says.
 */
class RecsysITCase {
  private static final int EVENTS = 6_000;
  private static final int USERS = 60;
  private static final int ITEMS = 150;
  private static final int INVALID_EVERY = 100;
  private static final int PARALLELISM = 4;

  private static final MiniClusterWithClientResource CLUSTER =
      new MiniClusterWithClientResource(
          new MiniClusterResourceConfiguration.Builder()
              .setConfiguration(clusterConfiguration())
              .setNumberTaskManagers(2)
              .setNumberSlotsPerTaskManager(2)
              .build());

  /** What came out, by name: of keyed counts the highest, since outputs repeat after a restart. */
  private static final Map<String, Double> SEEN = new ConcurrentHashMap<>();

  private static final AtomicInteger FAILURES = new AtomicInteger();

  private static final AtomicInteger RESTORES = new AtomicInteger();

  private static Configuration clusterConfiguration() {
    Configuration configuration = new Configuration();
    configuration.setString("taskmanager.memory.managed.size", "512 mb");
    configuration.setString("taskmanager.memory.network.min", "64 mb");
    configuration.setString("taskmanager.memory.network.max", "64 mb");
    return configuration;
  }

  @BeforeAll
  static void startCluster() throws Exception {
    CLUSTER.before();
  }

  @AfterAll
  static void stopCluster() {
    CLUSTER.after();
  }

  @BeforeEach
  void forget() {
    SEEN.clear();
    FAILURES.set(0);
    RESTORES.set(0);
  }

  @ParameterizedTest
  @CsvSource({"TASK_MANAGER, hashmap", "SUBTASK, hashmap", "SUBTASK, rocksdb"})
  void everyInteractionIsAppliedExactlyOnceAcrossAFailure(ReplicaScope scope, String backend)
      throws Exception {
    StreamExecutionEnvironment env = environment(backend);
    RecommendationStreams streams =
        Recsys.builder("it")
            .factors(FactorConfig.pairwise().factors(8).negatives(3).build())
            .popularityHalfLife(Duration.ZERO)
            .evaluation(EvaluationConfig.of(10, Duration.ofMinutes(1)))
            .withUserFactors()
            .scope(scope)
            .build()
            .apply(interactions(env), requests(env), metadata(env));
    watch(streams.itemFactors(), f -> Map.entry("item " + f.itemId(), (double) f.updates()));
    watch(streams.userFactors(), f -> Map.entry("user " + f.userId(), (double) f.steps()));
    watch(streams.popularity(), p -> Map.entry("count " + p.itemId(), p.count()));
    watch(streams.evaluation(), RecsysITCase::scored);
    watch(streams.deadLetters(), letter -> Map.entry("dead " + letter.record(), 1.0));
    watch(streams.sessions(), s -> Map.entry("session " + s.userId() + s.startMillis(), 1.0));
    watch(
        streams.recommendations(),
        list -> Map.entry("list " + list.userId() + "@" + list.generatedAtMillis(), 1.0));
    env.execute("it");

    assertThat(FAILURES).hasValue(1);
    assertThat(RESTORES).as("restarts from a checkpoint").hasValue(1);
    Expected expected = Expected.ofStream();
    assertThat(seen("item ")).isEqualTo(expected.perItem);
    assertThat(seen("user ")).isEqualTo(expected.perUser);
    assertThat(seen("count ")).isEqualTo(expected.perItem);
    assertThat(seen("scored "))
        .hasSize(10)
        .allSatisfy((source, scored) -> assertThat(scored).isEqualTo(expected.scored));
    assertThat(seen("dead ").keySet()).isEqualTo(expected.refused);
    assertThat(seen("session ")).isNotEmpty();
    assertThat(seen("list stranger@")).as("an unknown user's request").hasSize(1);
    assertThat(seen("list ")).hasSize(EVENTS - EVENTS / INVALID_EVERY + 1);
    assertThat(SharedReplica.inUse()).isZero();
  }

  private static Map.Entry<String, Double> scored(EvaluationResult result) {
    return Map.entry(
        (result.total() ? "scored " : "window ") + result.source(), (double) result.scored());
  }

  /** What a loop over the stream counts. */
  private static final class Expected {
    final Map<String, Double> perItem = new HashMap<>();
    final Map<String, Double> perUser = new HashMap<>();
    final Set<String> refused = new HashSet<>();
    double scored;

    static Expected ofStream() {
      Expected expected = new Expected();
      Set<String> seen = new HashSet<>();
      for (long n = 0; n < EVENTS; n++) {
        Interaction event = event(n);
        if (event.itemId() != null) {
          boolean isNew = seen.add(event.userId() + " " + event.itemId());
          expected.scored += isNew && expected.perUser.containsKey(event.userId()) ? 1 : 0;
          expected.perItem.merge(event.itemId(), 1.0, Double::sum);
          expected.perUser.merge(event.userId(), 1.0, Double::sum);
        } else {
          expected.refused.add(event.toString());
        }
      }
      expected.refused.add(request(1).toString());
      expected.refused.add(item(ITEMS).toString());
      return expected;
    }
  }

  private static Map<String, Double> seen(String prefix) {
    Map<String, Double> found = new HashMap<>();
    SEEN.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            found.put(key.substring(prefix.length()), (double) Math.round(value));
          }
        });
    return found;
  }

  private static Interaction event(long n) {
    long bits = Hashes.mix(n + 1);
    int user = Hashes.below(bits, USERS);
    int item = (int) (ITEMS * Math.pow(Hashes.unit(Hashes.mix(bits)), 2));
    boolean valid = n % INVALID_EVERY != 7;
    return new Interaction("u" + user, valid ? "i" + item : null, "click", 1, 1_000 * n + user);
  }

  private static StreamExecutionEnvironment environment(String backend) {
    Configuration configuration = JobSettings.strict();
    configuration.setString("state.backend.type", backend);
    configuration.setString("execution.checkpointing.interval", "100 ms");
    configuration.setString("restart-strategy.type", "fixed-delay");
    configuration.setString("restart-strategy.fixed-delay.attempts", "1");
    configuration.setString("restart-strategy.fixed-delay.delay", "10 ms");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(PARALLELISM);
    return env;
  }

  private static DataStream<Interaction> interactions(StreamExecutionEnvironment env) {
    return one(
            "fail",
            source(env, "events", RecsysITCase::event, EVENTS, Interaction.class)
                .map(new FailOnce()))
        .assignTimestampsAndWatermarks(
            InteractionWatermarks.of(Duration.ZERO, Duration.ofMinutes(1)))
        .setParallelism(1)
        .name("watermarks")
        .uid("watermarks");
  }

  private static DataStream<RecommendationRequest> requests(StreamExecutionEnvironment env) {
    return source(env, "requests", RecsysITCase::request, 2, RecommendationRequest.class);
  }

  /** The second one asks for no items at all. */
  private static RecommendationRequest request(long n) {
    return new RecommendationRequest("stranger", n == 0 ? 5 : 0, null, 1);
  }

  private static DataStream<ItemMetadata> metadata(StreamExecutionEnvironment env) {
    return source(env, "metadata", RecsysITCase::item, ITEMS + 1, ItemMetadata.class);
  }

  /** The last one has no id. */
  private static ItemMetadata item(long n) {
    String id = n == ITEMS ? null : "i" + n;
    return new ItemMetadata(id, Attributes.of(Map.of("n", "" + n)), Features.NONE, 1);
  }

  private static <T> SingleOutputStreamOperator<T> source(
      StreamExecutionEnvironment env,
      String name,
      GeneratorFunction<Long, T> generator,
      int count,
      Class<T> type) {
    DataGeneratorSource<T> source =
        new DataGeneratorSource<>(
            generator, count, RateLimiterStrategy.perSecond(2_000), TypeInformation.of(type));
    return one(name, env.fromSource(source, WatermarkStrategy.noWatermarks(), name));
  }

  private static <T> SingleOutputStreamOperator<T> one(
      String name, SingleOutputStreamOperator<T> stream) {
    return stream.setParallelism(1).name(name).uid(name);
  }

  private interface Watch<T> extends Serializable {
    Map.Entry<String, Double> entry(T record);
  }

  private static <T> void watch(DataStream<T> stream, Watch<T> watch) {
    String name = "watch-" + SINKS.incrementAndGet();
    stream
        .process(
            new ProcessFunction<T, Integer>() {
              @Override
              public void processElement(T record, Context context, Collector<Integer> out) {
                Map.Entry<String, Double> entry = watch.entry(record);
                SEEN.merge(entry.getKey(), entry.getValue(), Math::max);
              }
            })
        .name(name)
        .uid(name);
  }

  private static final AtomicInteger SINKS = new AtomicInteger();

  /** Fails at the first record after half of the stream, once a checkpoint has been completed. */
  private static final class FailOnce
      implements MapFunction<Interaction, Interaction>, CheckpointedFunction, CheckpointListener {
    private static final long serialVersionUID = 1L;

    private boolean hasCheckpoint;

    @Override
    public void initializeState(FunctionInitializationContext context) {
      if (context.isRestored()) {
        RESTORES.incrementAndGet();
      }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {}

    @Override
    public Interaction map(Interaction event) throws InterruptedException {
      boolean isDue = event.timestampMillis() > EVENTS / 2 * 1_000L && FAILURES.get() == 0;
      if (isDue && !hasCheckpoint) {
        // Gives a slow machine the time for a checkpoint before the input ends.
        Thread.sleep(20);
      } else if (isDue && FAILURES.compareAndSet(0, 1)) {
        throw new IllegalStateException("planned");
      }
      return event;
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
      hasCheckpoint = true;
    }
  }
}
