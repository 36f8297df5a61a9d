/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.operators.replica.ReplicaScope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From one subtask to two, four and back to one, through canonical savepoints. */
class RescaleITCase {
  private static final int EVENTS = 3_000;
  private static final long SEED = 1_000;

  @Test
  void countsStayExactAndRecallStaysWithinNoise(@TempDir Path directory) throws Exception {
    Path steady = Files.createDirectory(directory.resolve("steady"));
    Path rescaled = Files.createDirectory(directory.resolve("rescaled"));
    try (TestCluster cluster = new TestMiniCluster(2)) {
      assertThat(FaultRun.execute(cluster, setup(List.of(1)), plan(steady)))
          .isEqualTo(new Outcome(0, 0, ""));
      FaultPlan plan =
          plan(
              rescaled,
              new Fault(Fault.Kind.RESCALE, EVENTS / 4),
              new Fault(Fault.Kind.RESCALE, EVENTS / 2),
              new Fault(Fault.Kind.RESCALE, EVENTS * 3 / 4));
      FaultRun.Setup setup = setup(List.of(1, 2, 4, 1));
      Outcome outcome = FaultRun.execute(cluster, setup, plan);
      assertThat(outcome).isEqualTo(new Outcome(0, 0, ""));
      Runs runs = new Runs();
      runs.add(setup, plan, outcome);
      runs.write(
          String.format(
              "Recall@10 of %d events at parallelism 1 %.4f, with 1, 2, 4, 1 %.4f",
              new Expected(SEED, EVENTS).scored, Outcome.recall(steady), Outcome.recall(rescaled)));
    }
    assertThat(Outcome.recall(steady)).as("something was learned").isGreaterThan(0.15);
    // Three standard errors of a share of the judged events.
    double noise = 3 * Math.sqrt(0.25 / new Expected(SEED, EVENTS).scored);
    assertThat(Outcome.recall(rescaled)).isCloseTo(Outcome.recall(steady), within(noise));
  }

  private static FaultRun.Setup setup(List<Integer> parallelisms) {
    return new FaultRun.Setup(
        SEED, EVENTS, "rocksdb", false, ReplicaScope.TASK_MANAGER, parallelisms);
  }

  private static FaultPlan plan(Path directory, Fault... faults) {
    return new FaultPlan(directory.toString(), List.of(faults));
  }
}
