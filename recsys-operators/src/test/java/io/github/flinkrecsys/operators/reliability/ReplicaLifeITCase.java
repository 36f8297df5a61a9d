/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flinkrecsys.core.catalog.CatalogConfig;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import io.github.flinkrecsys.core.neighbor.SessionIndexConfig;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.operators.event.InteractionWatermarks;
import io.github.flinkrecsys.operators.factorization.ModelSettings;
import io.github.flinkrecsys.operators.factorization.UserFactorFunction;
import io.github.flinkrecsys.operators.pipeline.Recsys;
import io.github.flinkrecsys.operators.replica.ItemReplicaFunction;
import io.github.flinkrecsys.operators.replica.ReplicaSettings;
import io.github.flinkrecsys.operators.replica.ReplicaUpdate;
import io.github.flinkrecsys.operators.replica.SharedReplica;
import io.github.flinkrecsys.operators.testing.JobSettings;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Replicas of jobs that share a process: apart from each other, and gone with their job. */
class ReplicaLifeITCase {
  private static final int STARTS = Runs.NIGHTLY ? 100 : 25;
  private static final FactorConfig FACTORS = FactorConfig.pairwise().factors(4).build();

  /** Replicas that a probe has seen, for those that nothing else holds. */
  private static final List<WeakReference<ItemReplica>> REPLICAS =
      Collections.synchronizedList(new ArrayList<>());

  /** Items of lists and of replicas, by job. */
  private static final Map<String, Set<String>> ITEMS = new ConcurrentHashMap<>();

  private static TestCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = new TestMiniCluster(2);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  @AfterEach
  void everyReplicaWasGivenBack() {
    assertThat(SharedReplica.inUse()).isZero();
    ITEMS.clear();
    REPLICAS.clear();
  }

  @Test
  void twoJobsAtOnceDoNotSeeEachOthersItems() throws Exception {
    JobClient one = shop("one", 300, 200).executeAsync("one");
    JobClient two = shop("two", 300, 200).executeAsync("two");
    one.getJobExecutionResult().get();
    two.getJobExecutionResult().get();
    for (String job : List.of("one", "two")) {
      assertThat(ITEMS.get(job)).isNotEmpty().allMatch(item -> item.startsWith(job + "-"));
    }
  }

  /** A third of the jobs end, a third are cancelled, a third fail. */
  @Test
  void noReplicaIsLeftBehind() throws Exception {
    for (int n = 0; n < STARTS; n++) {
      int end = n % 3;
      int before = REPLICAS.size();
      JobClient job =
          shop(end == 2 ? "failing" : "job", end == 1 ? 1_000_000 : 40, 2_000).executeAsync("n");
      if (end == 1) {
        awaitReplicas(before + 1);
        job.cancel().get();
      }
      awaitEnd(job);
      assertThat(SharedReplica.inUse()).as("after start %d", n).isZero();
    }
    assertThat(REPLICAS).as("replicas that were seen").hasSizeGreaterThan(STARTS / 2);
    assertThat(leftBehind()).as("replicas on the heap after %d starts", STARTS).isZero();
  }

  private static void awaitReplicas(int count) throws InterruptedException {
    for (int i = 0; i < 6_000 && REPLICAS.size() < count; i++) {
      Thread.sleep(10);
    }
    assertThat(REPLICAS).hasSizeGreaterThanOrEqualTo(count);
  }

  private static void awaitEnd(JobClient job) throws InterruptedException {
    try {
      job.getJobExecutionResult().get();
    } catch (ExecutionException e) {
      // Cancelled or failed, as planned.
    }
  }

  private static long leftBehind() throws InterruptedException {
    long left = REPLICAS.size();
    for (int i = 0; i < 50 && left > 0; i++) {
      System.gc();
      Thread.sleep(20);
      left = REPLICAS.stream().filter(replica -> replica.get() != null).count();
    }
    return left;
  }

  @Test
  void aReaderOfAnotherParallelismThanItsWriterIsRefused() {
    StreamExecutionEnvironment env = environment();
    ModelSettings model = ModelSettings.builder("uneven").factors(FACTORS).build();
    DataStream<ItemDeltas> users =
        events(env, "uneven", 100, 2_000)
            .keyBy(Interaction::userId)
            .process(new UserFactorFunction(model, false))
            .setParallelism(2)
            .name("users")
            .uid("users");
    users
        .map(deltas -> ReplicaUpdate.of(deltas))
        .returns(TypeInformation.of(ReplicaUpdate.class))
        .name("updates")
        .uid("updates")
        .broadcast()
        .process(new ItemReplicaFunction(model.replica()))
        .setParallelism(1)
        .name("replica")
        .uid("replica")
        .sinkTo(new DiscardingSink<>())
        .name("end")
        .uid("end");
    assertThatThrownBy(() -> env.execute("uneven"))
        .hasStackTraceContaining("with which it shares the replica of model uneven");
  }

  private static StreamExecutionEnvironment shop(String name, int events, int perSecond) {
    StreamExecutionEnvironment env = environment();
    DataStream<RecommendationList> lists =
        Recsys.builder("shop")
            .factors(FACTORS)
            .build()
            .apply(events(env, name, events, perSecond))
            .recommendations();
    ReplicaSettings settings =
        ModelSettings.builder("shop")
            .factors(FACTORS)
            .neighbors(NeighborConfig.builder().build())
            .sessionIndex(SessionIndexConfig.builder().sessionsPerItem(100).build())
            .catalog(CatalogConfig.builder().build())
            .build()
            .replica();
    lists.process(new Probe(name, settings)).name("probe").uid("probe");
    return env;
  }

  private static DataStream<Interaction> events(
      StreamExecutionEnvironment env, String name, int events, int perSecond) {
    DataGeneratorSource<Interaction> source =
        new DataGeneratorSource<>(
            n -> Interaction.click("u" + n % 7, name + "-" + n % 11, 1_000 * n),
            events,
            RateLimiterStrategy.perSecond(perSecond),
            TypeInformation.of(Interaction.class));
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), "events")
        .setParallelism(1)
        .name("events")
        .uid("events")
        .assignTimestampsAndWatermarks(
            InteractionWatermarks.of(Duration.ZERO, Duration.ofMinutes(1)))
        .setParallelism(1)
        .name("watermarks")
        .uid("watermarks");
  }

  private static StreamExecutionEnvironment environment() {
    Configuration configuration = JobSettings.strict();
    configuration.setString("restart-strategy.type", "none");
    StreamExecutionEnvironment env = cluster.environment(configuration);
    env.setParallelism(2);
    return env;
  }

  /** Notes the replica and the items of lists; fails in jobs of that name. */
  private static final class Probe extends ProcessFunction<RecommendationList, Integer> {
    private static final long serialVersionUID = 1L;

    private final String job;
    private final ReplicaSettings settings;
    private transient SharedReplica.Lease replica;

    Probe(String job, ReplicaSettings settings) {
      this.job = job;
      this.settings = settings;
    }

    @Override
    public void open(OpenContext context) throws Exception {
      replica = SharedReplica.openReader(settings, getRuntimeContext(), "probe");
      if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
        REPLICAS.add(new WeakReference<>(replica.items()));
      }
    }

    @Override
    public void processElement(RecommendationList list, Context context, Collector<Integer> out) {
      Set<String> items = ITEMS.computeIfAbsent(job, name -> ConcurrentHashMap.newKeySet());
      items.addAll(Arrays.stream(list.items()).map(i -> i.itemId()).collect(Collectors.toSet()));
      for (int slot = 0; slot < replica.items().size(); slot++) {
        items.add(replica.items().id(slot));
      }
      if (job.equals("failing")) {
        throw new IllegalStateException("planned");
      }
    }

    @Override
    public void close() {
      if (replica != null) {
        replica.close();
      }
    }
  }
}
