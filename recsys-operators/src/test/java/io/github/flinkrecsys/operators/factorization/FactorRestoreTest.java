/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.factorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import io.github.flinkrecsys.operators.replica.ReplicaUpdate;
import io.github.flinkrecsys.operators.replica.SharedReplica;
import io.github.flinkrecsys.operators.testing.DeltaSums;
import io.github.flinkrecsys.operators.testing.Harnesses;
import io.github.flinkrecsys.operators.testing.RecommenderHarness;
import io.github.flinkrecsys.operators.testing.SampleStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The user side and the replicas across a checkpoint: what one has not sent the other lacks. */
class FactorRestoreTest {
  private static final ModelSettings MODEL = model(6);

  @AfterEach
  void everyReplicaWasGivenBack() {
    assertThat(SharedReplica.inUse()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "2, 1", "2, 2", "2, 3"})
  void nothingIsLostOrDoubledAtAnyParallelism(int before, int after) throws Exception {
    List<Interaction> stream = SampleStream.of(before * 10L + after, 400, 12, 40);
    List<ItemDeltas> sent = new ArrayList<>();
    Map<String, float[]> rowsAtCheckpoint = new HashMap<>();
    OperatorSubtaskState[] writers;
    OperatorSubtaskState[] users;
    try (var taskManager = RecommenderHarness.open(MODEL, before)) {
      var subtasks = openUsers(taskManager, before);
      send(stream.subList(0, 200), subtasks, taskManager, sent);
      for (String itemId : taskManager.itemIds()) {
        rowsAtCheckpoint.put(itemId, taskManager.row(itemId));
      }
      assertThat(new DeltaSums(MODEL.replica().items()).add(sent).updates())
          .as("some must be pending")
          .isLessThan(200);
      writers = taskManager.writerSnapshots();
      users = snapshots(subtasks);
    }
    try (var taskManager = RecommenderHarness.open(MODEL, after, writers)) {
      var subtasks = openUsers(taskManager, after, users);
      assertThat(taskManager.itemIds())
          .containsExactlyInAnyOrderElementsOf(rowsAtCheckpoint.keySet());
      rowsAtCheckpoint.forEach(
          (itemId, row) ->
              assertThat(taskManager.row(itemId))
                  .as(itemId)
                  .containsExactly(row, within(DeltaSums.ROUNDING)));
      send(stream.subList(200, 400), subtasks, taskManager, sent);
      Map<String, Long> steps = new HashMap<>();
      for (var subtask : subtasks) {
        int flushed = subtask.output().size();
        subtask.watermark(Long.MAX_VALUE);
        sent.addAll(subtask.output().subList(flushed, subtask.output().size()));
        for (UserFactor user : subtask.sideOutput(UserFactorFunction.USER_FACTORS)) {
          steps.merge(user.userId(), user.steps(), Math::max);
        }
      }
      DeltaSums sums = new DeltaSums(MODEL.replica().items()).add(sent);
      assertThat(sums.updates()).isEqualTo(400);
      sums.assertEqualTo(taskManager);
      assertThat(steps.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(400);
    }
  }

  /** Timers stay with their keys, but pending deltas go to any subtask. */
  @Test
  void deltasThatCameToASubtaskWithoutTheirTimerAreSentInTime() throws Exception {
    for (int home = 0; home < 2; home++) {
      OperatorSubtaskState users;
      try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
        var subtask = taskManager.userFactors(0).open();
        subtask.send(Interaction.click(Harnesses.keyOf(home, 2, 0), "a", 0));
        users = subtask.snapshot();
      }
      try (var taskManager = RecommenderHarness.open(MODEL, 2)) {
        var subtasks = openUsers(taskManager, 2, users);
        List<ItemDeltas> sent = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          subtasks.get(i).send(Interaction.click(Harnesses.keyOf(i, 2, 0), "b", 0));
          subtasks.get(i).clock(50);
          sent.addAll(subtasks.get(i).output());
        }
        DeltaSums sums = new DeltaSums(MODEL.replica().items()).add(sent);
        assertThat(sums.updates()).as("user of subtask %d", home).isEqualTo(3);
        sums.assertEqualTo(taskManager);
      }
    }
  }

  @Test
  void deltasOfAnotherShapeAreRefusedAndTheReplicaIsGivenBack() throws Exception {
    OperatorSubtaskState users;
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var subtask = taskManager.userFactors(0).open();
      subtask.send(Interaction.click("u", "a", 0));
      users = subtask.snapshot();
    }
    try (var taskManager = RecommenderHarness.open(model(5), 1)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> taskManager.userFactors(0).restore(users))
          .withMessage("factors must be what the deltas were written with, 6, got 5");
    }
  }

  private static List<Harnesses.Keyed<String, Interaction, ItemDeltas>> openUsers(
      RecommenderHarness taskManager, int parallelism, OperatorSubtaskState... before)
      throws Exception {
    List<Harnesses.Keyed<String, Interaction, ItemDeltas>> subtasks = new ArrayList<>();
    for (int i = 0; i < parallelism; i++) {
      var subtask = taskManager.userFactors(i);
      subtasks.add(
          before.length == 0
              ? subtask.open()
              : subtask.restore(Harnesses.rescaled(parallelism, i, before)));
    }
    return subtasks;
  }

  /** Sends events to the subtasks of their users, and what they flush to the writers. */
  private static void send(
      List<Interaction> events,
      List<Harnesses.Keyed<String, Interaction, ItemDeltas>> subtasks,
      RecommenderHarness taskManager,
      List<ItemDeltas> sent)
      throws Exception {
    for (Interaction event : events) {
      var subtask = subtasks.get(Harnesses.subtaskOf(event.userId(), subtasks.size()));
      int flushed = subtask.output().size();
      subtask.send(event);
      for (ItemDeltas batch : subtask.output().subList(flushed, subtask.output().size())) {
        sent.add(batch);
        taskManager.broadcast(ReplicaUpdate.of(batch));
      }
    }
  }

  private static OperatorSubtaskState[] snapshots(
      List<Harnesses.Keyed<String, Interaction, ItemDeltas>> subtasks) throws Exception {
    OperatorSubtaskState[] snapshots = new OperatorSubtaskState[subtasks.size()];
    for (int i = 0; i < snapshots.length; i++) {
      snapshots[i] = subtasks.get(i).snapshot();
    }
    return snapshots;
  }

  private static ModelSettings model(int factors) {
    return ModelSettings.builder("m")
        .factors(FactorConfig.pairwise().factors(factors).negatives(3).build())
        .flush(new FlushSettings(16, Duration.ofMillis(50)))
        .build();
  }
}
