/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import io.github.flinkrecsys.operators.factorization.ModelSettings;
import io.github.flinkrecsys.operators.factorization.UserFactorFunction;
import io.github.flinkrecsys.operators.replica.ItemReplicaFunction;
import io.github.flinkrecsys.operators.replica.ReplicaScope;
import io.github.flinkrecsys.operators.replica.ReplicaUpdate;
import io.github.flinkrecsys.operators.testing.JobSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Task managers that are processes: each has a replica of its own, and can be killed. */
class KilledProcessITCase {
  private static final int EVENTS = 2_000;
  private static final Runs RUNS = new Runs();
  @TempDir static Path home;
  private static TestProcessCluster cluster;
  private static int silenced;

  @BeforeAll
  static void start() throws Exception {
    cluster = new TestProcessCluster(home, 2);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
    RUNS.write("Processes, " + EVENTS + " events per run");
    int lost = cluster.lost() - silenced;
    Runs.append("\nTask managers that nobody killed and that were lost: " + lost + "\n");
    if (!isFlink1()) {
      assertThat(lost).as("task managers that nobody killed and that were lost").isZero();
    }
  }

  /** In every build one: unaligned, but on Flink 1, where that may lose a task manager, aligned. */
  static LongStream seeds() {
    long first = isFlink1() ? 102 : 100;
    return LongStream.range(Runs.NIGHTLY ? 100 : first, Runs.NIGHTLY ? 108 : first + 1);
  }

  private static boolean isFlink1() {
    return EnvironmentInformation.getVersion().startsWith("1.");
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyInteractionCountsOnceAfterSigkill(long seed, @TempDir Path directory) throws Exception {
    Random random = new Random(seed);
    List<Fault> faults = new ArrayList<>();
    faults.add(new Fault(Fault.Kind.PROCESS, 200 + random.nextInt(700)));
    faults.add(new Fault(Fault.Kind.PROCESS, 1_000 + random.nextInt(700)));
    FaultPlan plan = new FaultPlan(directory.toString(), faults);
    FaultRun.Setup setup =
        new FaultRun.Setup(
            seed,
            EVENTS,
            seed % 2 == 0 ? "rocksdb" : "hashmap",
            seed / 2 % 2 == 0,
            ReplicaScope.TASK_MANAGER,
            List.of(2));
    Outcome outcome = FaultRun.execute(cluster, setup, plan);
    RUNS.add(setup, plan, outcome);
    assertThat(outcome).as("seed %d, %s, %s", seed, setup, plan).isEqualTo(new Outcome(0, 0, ""));
  }

  /** Nightly: Flink and the cluster take two minutes to notice. */
  @Test
  @EnabledIfSystemProperty(named = "recsys.nightly", matches = "true")
  void aSilentTaskManagerIsReplacedAndNothingIsLost(@TempDir Path directory) throws Exception {
    FaultPlan plan =
        new FaultPlan(directory.toString(), List.of(new Fault(Fault.Kind.SILENT, 500)));
    FaultRun.Setup setup =
        new FaultRun.Setup(200, EVENTS, "hashmap", false, ReplicaScope.TASK_MANAGER, List.of(2));
    int before = cluster.lost();
    Outcome outcome = FaultRun.execute(cluster, setup, plan);
    assertThat(outcome).isEqualTo(new Outcome(0, 0, ""));
    assertThat(cluster.lost()).isEqualTo(before + 1);
    silenced++;
  }

  /** Each task manager has one slot, so two slot-sharing groups are two processes. */
  @Test
  void aReaderInAnotherTaskManagerThanItsWriterIsRefused() {
    Configuration configuration = JobSettings.strict();
    configuration.setString("restart-strategy.type", "none");
    StreamExecutionEnvironment env = cluster.environment(configuration);
    env.setParallelism(1);
    ModelSettings model =
        ModelSettings.builder("apart").readyTimeout(Duration.ofSeconds(2)).build();
    SingleOutputStreamOperator<ItemDeltas> users =
        env.fromSequence(0, 100)
            .slotSharingGroup("users")
            .name("numbers")
            .uid("numbers")
            .map(n -> TestShop.event(1, n))
            .returns(Interaction.class)
            .name("events")
            .uid("events")
            .filter(event -> event.userId() != null)
            .name("valid")
            .uid("valid")
            .keyBy(Interaction::userId)
            .process(new UserFactorFunction(model, false))
            .name("users")
            .uid("users");
    users
        .map(deltas -> ReplicaUpdate.of(deltas))
        .returns(TypeInformation.of(ReplicaUpdate.class))
        .name("updates")
        .uid("updates")
        .broadcast()
        .process(new ItemReplicaFunction(model.replica()))
        .slotSharingGroup("replica")
        .name("replica")
        .uid("replica")
        .sinkTo(new DiscardingSink<>())
        .name("end")
        .uid("end");
    assertThatThrownBy(() -> env.executeAsync("apart").getJobExecutionResult().get(2, MINUTES))
        .hasStackTraceContaining(
            "the replica of model apart must be ready within PT2S, and is not in this task"
                + " manager: the item replica operator must run here too, with the slot-sharing"
                + " group and parallelism of the operator that reads it (users");
  }
}
