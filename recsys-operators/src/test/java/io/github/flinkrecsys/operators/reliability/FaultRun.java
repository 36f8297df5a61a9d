/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.operators.replica.ReplicaScope;
import io.github.flinkrecsys.savepoints.TaskStacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** One run of the shop with the faults of a plan, to the end of its input. */
final class FaultRun {
  private static final Duration PATIENCE = Duration.ofMinutes(12);

  private final TestCluster cluster;
  private final Setup setup;
  private final Path directory;
  private final FaultPlan plan;
  private final Iterator<Integer> parallelisms;
  private int life;
  private JobClient job;

  /** How the job runs. {@code parallelisms}: of its first submission and after each rescaling. */
  record Setup(
      long seed,
      int events,
      String backend,
      boolean unaligned,
      ReplicaScope scope,
      List<Integer> parallelisms) {
    String checkpoints() {
      return unaligned ? "unaligned" : "aligned";
    }
  }

  private FaultRun(TestCluster cluster, Setup setup, FaultPlan plan) {
    this.cluster = cluster;
    this.setup = setup;
    this.plan = plan;
    this.directory = Path.of(plan.directory());
    this.parallelisms = setup.parallelisms().iterator();
  }

  /** Runs, checks everything but counts, and gives what was lost or counted twice. */
  static Outcome execute(TestCluster cluster, Setup setup, FaultPlan plan) throws Exception {
    FaultRun run = new FaultRun(cluster, setup, plan);
    int parallelism;
    try (QuietMonitor monitor = new QuietMonitor(plan, setup.seed())) {
      try {
        parallelism = run.runToEnd();
      } catch (TimeoutException e) {
        e.addSuppressed(new AssertionError("replicas: " + monitor.difference()));
        throw e;
      }
      for (int i = 0; i < plan.faults().size(); i++) {
        assertThat(plan.isDone(i)).as("%s was caused", plan.faults().get(i)).isTrue();
        // Another fault may end the job before it hears of the declined checkpoint.
        assertThat(plan.isDeclined(i) || plan.isRestoredAfter(i))
            .as("a checkpoint was declined or restored after %s", plan.faults().get(i))
            .isTrue();
        assertThat(plan.isCompared(i))
            .as("replicas equal owners after %s: %s", plan.faults().get(i), monitor.difference())
            .isTrue();
      }
      Runs.addLags(monitor.lags());
    }
    Expected expected = new Expected(setup.seed(), setup.events());
    Outcome.assertListsAreSound(run.directory, expected);
    Outcome.assertReplicasEqualOwners(run.directory, parallelism);
    SideModels.assertEqual(run.directory, setup.seed(), setup.events(), parallelism);
    assertThat(Outcome.scored(run.directory))
        .as("events judged, per source")
        .isNotEmpty()
        .allSatisfy((source, scored) -> assertThat(scored).isEqualTo(expected.scored));
    return Outcome.of(run.directory, expected);
  }

  private int runToEnd() throws Exception {
    int parallelism = parallelisms.next();
    job = submit(parallelism, null);
    try {
      for (int i = 0; i < plan.faults().size(); i++) {
        Fault fault = plan.faults().get(i);
        if (fault.kind().isFromOutside()) {
          int due = i;
          await("event " + fault.atEvent(), () -> plan.isDue(due));
          parallelism = cause(fault.kind(), parallelism);
          plan.finish(i);
        }
      }
      awaitResult("the end of the input");
      return parallelism;
    } catch (Exception | AssertionError e) {
      cancelQuietly();
      throw e;
    }
  }

  private int cause(Fault.Kind kind, int parallelism) throws Exception {
    switch (kind) {
      case TASK_MANAGER, PROCESS -> {
        cluster.replaceTaskManager();
        return parallelism;
      }
      case SILENT -> {
        cluster.silenceTaskManager();
        return parallelism;
      }
      case JOB -> {
        await("a checkpoint", () -> newestCheckpoint() != null);
        job.cancel().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        awaitEnd();
        Path checkpoint = newestCheckpoint();
        job = submit(parallelism, checkpoint.toUri().toString());
        return parallelism;
      }
      case RESCALE -> {
        int next = parallelisms.next();
        // The source may be there before other tasks have started.
        await("a checkpoint", () -> newestCheckpoint() != null);
        String savepoint = stopWithSavepoint();
        awaitEnd();
        job = submit(next, savepoint);
        return next;
      }
      default -> throw new IllegalArgumentException(kind + " is caused by the job itself");
    }
  }

  /** As an operator would: a savepoint that expires on a busy machine leaves the job running. */
  private String stopWithSavepoint() throws Exception {
    String savepoints = directory.resolve("savepoints").toUri().toString();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return job.stopWithSavepoint(false, savepoints, SavepointFormatType.CANONICAL)
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        boolean isExpired = String.valueOf(e.getMessage()).contains("expired before completing");
        if (!isExpired || System.nanoTime() > deadline) {
          throw e;
        }
      }
    }
  }

  private JobClient submit(int parallelism, String from) throws Exception {
    Configuration configuration =
        TestCluster.configuration(checkpointsOf(""), Duration.ofMillis(60));
    configuration.setString("state.backend.type", setup.backend());
    configuration.setString("execution.checkpointing.incremental", "true");
    configuration.setString(
        "execution.checkpointing.externalized-checkpoint-retention", "RETAIN_ON_CANCELLATION");
    configuration.setString(
        "execution.checkpointing.unaligned.enabled", String.valueOf(setup.unaligned()));
    // On Flink 1.20 an unaligned checkpoint may hang after another was declined: it is given up
    // soon.
    configuration.setString(
        "execution.checkpointing.timeout", setup.unaligned() ? "10 s" : "2 min");
    configuration.setString("restart-strategy.type", "fixed-delay");
    configuration.setString("restart-strategy.fixed-delay.attempts", "1000000");
    configuration.setString("restart-strategy.fixed-delay.delay", "20 ms");
    if (from != null) {
      configuration.setString("execution.state-recovery.path", from);
    }
    StreamExecutionEnvironment env = cluster.environment(configuration);
    env.setParallelism(parallelism);
    TestShop.build(env, setup.seed(), setup.events(), setup.scope(), plan, life++);
    return env.executeAsync("seed " + setup.seed());
  }

  private Path checkpointsOf(String job) {
    return directory.resolve("checkpoints").resolve(job);
  }

  private Path newestCheckpoint() throws IOException {
    Path checkpoints = checkpointsOf(job.getJobID().toString());
    if (!Files.exists(checkpoints)) {
      return null;
    }
    try (Stream<Path> all = Files.list(checkpoints)) {
      return all.filter(path -> Files.exists(path.resolve("_metadata")))
          .max(Comparator.comparing(path -> Long.parseLong(path.toString().split("chk-")[1])))
          .orElse(null);
    }
  }

  private void awaitEnd() throws Exception {
    try {
      awaitResult("the end of the job");
    } catch (ExecutionException e) {
      // A cancelled job ends so.
    }
  }

  private void awaitResult(String what) throws Exception {
    try {
      job.getJobExecutionResult().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new TimeoutException(
          what
              + " was awaited, "
              + setup
              + ", "
              + plan
              + ": "
              + job.getJobStatus().get()
              + "\n"
              + TaskStacks.text());
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private void await(String what, Condition condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline || job.getJobStatus().get().isGloballyTerminalState()) {
        throw new TimeoutException(
            what + " was awaited, seed " + setup.seed() + ": " + job.getJobStatus().get());
      }
      Thread.sleep(10);
    }
  }

  private void cancelQuietly() {
    try {
      job.cancel().get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      // The test has failed already; its own reason is the one to show.
    }
  }
}
