/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.operators.event.InteractionWatermarks;
import io.github.flinkrecsys.operators.replica.ReplicaScope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sink of lists that stands still until everything before it does. */
class BackPressureITCase {
  private static final int EVENTS = 5_000;
  private static final int LISTS_BEFORE_STOP = 500;
  private static final long SEED = 11;

  /** All slots, so that the job is on each task manager. */
  private static final int PARALLELISM = 4;

  /** Read and written by the job too, which runs in this process. */
  private static final AtomicLong EMITTED = new AtomicLong();

  private static final AtomicInteger TAKEN = new AtomicInteger();
  private static volatile boolean stopped;
  private static TestCluster cluster;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = new TestMiniCluster(2);
  }

  @AfterAll
  static void stopCluster() throws Exception {
    cluster.close();
  }

  @ParameterizedTest(name = "task manager killed meanwhile: {0}")
  @ValueSource(booleans = {false, true})
  void aStoppedSinkLosesNothing(boolean killed, @TempDir Path directory) throws Exception {
    EMITTED.set(0);
    TAKEN.set(0);
    stopped = true;
    JobClient job = start(directory);
    try {
      awaitStandstill();
      long read = EMITTED.get();
      assertThat(read).as("events read before the source stood still").isLessThan(EVENTS);
      Runs.append(String.format("%nStopped sink: %,d of %,d events read%n", read, EVENTS));
      if (killed) {
        cluster.replaceTaskManager();
      }
    } finally {
      stopped = false;
    }
    job.getJobExecutionResult().get(2, TimeUnit.MINUTES);
    Expected expected = new Expected(SEED, EVENTS);
    assertThat(Outcome.of(directory, expected)).isEqualTo(new Outcome(0, 0, ""));
    assertThat(Outcome.keys(directory, "sink")).isEqualTo(expected.lists);
    Outcome.assertReplicasEqualOwners(directory, PARALLELISM);
    assertThat(Journal.lines(directory, "sink").stream().anyMatch(line -> line.start() > 0))
        .as("the job started again")
        .isEqualTo(killed);
  }

  /** Waits until the sink has stopped and nothing was read for a second. */
  private static void awaitStandstill() throws InterruptedException {
    long before = -1;
    while (EMITTED.get() < EVENTS
        && (TAKEN.get() <= LISTS_BEFORE_STOP || EMITTED.get() != before)) {
      before = EMITTED.get();
      Thread.sleep(1_000);
    }
  }

  private static JobClient start(Path directory) throws Exception {
    Configuration configuration =
        TestCluster.configuration(directory.resolve("checkpoints"), Duration.ofMillis(100));
    configuration.setString("execution.checkpointing.unaligned.enabled", "true");
    configuration.setString("execution.checkpointing.timeout", "10 s");
    configuration.setString("restart-strategy.type", "fixed-delay");
    configuration.setString("restart-strategy.fixed-delay.attempts", "10");
    configuration.setString("restart-strategy.fixed-delay.delay", "20 ms");
    StreamExecutionEnvironment env = cluster.environment(configuration);
    env.setParallelism(PARALLELISM);
    DataStream<Interaction> events =
        TestShop.one(
            "watermarks",
            TestShop.source(env, "events", BackPressureITCase::emit, EVENTS, 100_000)
                .assignTimestampsAndWatermarks(
                    InteractionWatermarks.of(Duration.ZERO, Duration.ofMinutes(1))));
    FaultPlan plan = new FaultPlan(directory.toString(), List.of());
    DataStream<RecommendationList> lists =
        TestShop.build(events, ReplicaScope.TASK_MANAGER, plan, 0).recommendations();
    Watch.add(
        TestShop.one("stop", lists.map(new Stop())),
        plan,
        0,
        "sink",
        null,
        TestShop::listKey,
        list -> "1");
    return env.executeAsync();
  }

  private static Interaction emit(long number) {
    EMITTED.incrementAndGet();
    return TestShop.event(SEED, number);
  }

  private static final class Stop implements MapFunction<RecommendationList, RecommendationList> {
    private static final long serialVersionUID = 1L;

    @Override
    public RecommendationList map(RecommendationList list) throws InterruptedException {
      if (TAKEN.incrementAndGet() > LISTS_BEFORE_STOP) {
        while (stopped) {
          Thread.sleep(5);
        }
      }
      return list;
    }
  }
}
