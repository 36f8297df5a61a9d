/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flinkrecsys.operators.replica.ReplicaScope;
import io.github.flinkrecsys.operators.replica.SharedReplica;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever fails, every interaction counts once. A seed gives the stream, the faults and where they
 * happen, the state backend, the kind of checkpoints and who shares a replica.
 */
class ExactlyOnceITCase {
  private static final int EVENTS = 2_000;
  private static final Runs RUNS = new Runs();
  private static TestCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = new TestMiniCluster(2);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
    RUNS.write("MiniCluster, " + EVENTS + " events per run");
  }

  static LongStream seeds() {
    return LongStream.range(0, Runs.NIGHTLY ? 50 : 6);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyInteractionCountsOnce(long seed, @TempDir Path directory) throws Exception {
    FaultPlan plan = FaultPlan.random(directory, seed, EVENTS);
    FaultRun.Setup setup = setup(seed);
    Outcome outcome = FaultRun.execute(cluster, setup, plan);
    RUNS.add(setup, plan, outcome);
    assertThat(outcome).as("seed %d, %s, %s", seed, setup, plan).isEqualTo(new Outcome(0, 0, ""));
    assertThat(SharedReplica.inUse()).isZero();
  }

  /** And the check itself: a step less is a loss, a step more is a duplicate. */
  @Test
  void aRunWithoutFaultsGivesWhatALoopOverTheStreamGives(@TempDir Path directory) throws Exception {
    FaultPlan plan = new FaultPlan(directory.toString(), List.of());
    assertThat(FaultRun.execute(cluster, setup(0), plan)).isEqualTo(new Outcome(0, 0, ""));

    Expected expected = new Expected(0, EVENTS);
    String user = TestShop.event(0, 0).userId();
    long steps = expected.perUser.get(user);
    Files.writeString(directory.resolve("users.8.0.0"), user + "\t" + (steps - 1) + "\n");
    assertThat(Outcome.of(directory, expected).lost()).isEqualTo(1);
    Files.writeString(directory.resolve("users.9.0.0"), user + "\t" + (steps + 2) + "\n");
    assertThat(Outcome.of(directory, expected).duplicated()).isEqualTo(2);

    for (String kind : List.of("before", "after", "trend", "user", "item")) {
      Path models = directory.resolve(SideModels.STREAM + ".0.0.0");
      String rows = Files.readString(models);
      Matcher row = Pattern.compile("0 " + kind + " .*\t.*").matcher(rows);
      assertThat(row.find()).as("rows of %s", kind).isTrue();
      Files.writeString(models, rows.replace(row.group(), row.group().replaceAll("\t.*", "\t7")));
      assertThatThrownBy(() -> SideModels.assertEqual(directory, 0, EVENTS, 4))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining(kind);
      Files.writeString(models, rows);
    }
  }

  private static FaultRun.Setup setup(long seed) {
    return new FaultRun.Setup(
        seed,
        EVENTS,
        seed % 2 == 0 ? "hashmap" : "rocksdb",
        seed / 2 % 2 == 1,
        seed / 4 % 2 == 0 ? ReplicaScope.TASK_MANAGER : ReplicaScope.SUBTASK,
        List.of(4));
  }
}
