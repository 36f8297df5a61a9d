/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.evaluation.EvaluationConfig;
import io.github.flinkrecsys.core.evaluation.EvaluationSums;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.Sources;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import io.github.flinkrecsys.operators.factorization.FlushSettings;
import io.github.flinkrecsys.operators.factorization.ModelSettings;
import io.github.flinkrecsys.operators.factorization.UserFactor;
import io.github.flinkrecsys.operators.factorization.UserFactorFunction;
import io.github.flinkrecsys.operators.ranking.ServingSettings;
import io.github.flinkrecsys.operators.replica.ReplicaUpdate;
import io.github.flinkrecsys.operators.replica.SharedReplica;
import io.github.flinkrecsys.operators.testing.DeltaSums;
import io.github.flinkrecsys.operators.testing.Harnesses;
import io.github.flinkrecsys.operators.testing.RecommenderHarness;
import io.github.flinkrecsys.operators.testing.SampleStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fused user side and the replicas across a checkpoint. */
class RecommenderRestoreTest {
  private static final ModelSettings MODEL =
      ModelSettings.builder("m")
          .factors(FactorConfig.pairwise().factors(4).negatives(3).build())
          .flush(new FlushSettings(16, Duration.ofMillis(50)))
          .build();
  private static final List<Interaction> STREAM = SampleStream.of(6, 300, 12, 40);

  private final List<ItemDeltas> deltas = new ArrayList<>();
  private final List<EvaluationSums> sums = new ArrayList<>();
  private final Map<String, Long> steps = new HashMap<>();

  @AfterEach
  void everyReplicaWasGivenBack() {
    assertThat(SharedReplica.inUse()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "2, 1", "2, 2"})
  void everyInteractionIsJudgedAndLearnedFromOnce(int before, int after) throws Exception {
    OperatorSubtaskState[] writers;
    OperatorSubtaskState[] users = new OperatorSubtaskState[before];
    Map<String, float[]> rows = new HashMap<>();
    try (var taskManager = RecommenderHarness.open(MODEL, before)) {
      var subtasks = openUsers(taskManager, before);
      send(STREAM.subList(0, 150), subtasks, taskManager);
      taskManager.itemIds().forEach(id -> rows.put(id, taskManager.row(id)));
      writers = taskManager.writerSnapshots();
      for (int i = 0; i < before; i++) {
        users[i] = subtasks.get(i).snapshot();
      }
      collect(subtasks);
    }
    assertThat(scored(Sources.BLEND)).as("some must be pending").isLessThan(judged(150));
    try (var taskManager = RecommenderHarness.open(MODEL, after, writers)) {
      var subtasks = openUsers(taskManager, after, users);
      rows.forEach(
          (id, row) ->
              assertThat(taskManager.row(id))
                  .as(id)
                  .containsExactly(row, within(DeltaSums.ROUNDING)));
      send(STREAM.subList(150, 300), subtasks, taskManager);
      for (var subtask : subtasks) {
        subtask.watermark(Long.MAX_VALUE);
      }
      collect(subtasks);
      DeltaSums sent = new DeltaSums(MODEL.replica().items()).add(deltas);
      assertThat(sent.updates()).isEqualTo(300);
      sent.assertEqualTo(taskManager);
    }
    assertThat(steps.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(300);
    for (String source : List.of(Sources.POPULARITY, Sources.FACTORS, Sources.BLEND)) {
      assertThat(scored(source)).as(source).isEqualTo(judged(300));
    }
  }

  /** Timers stay with their keys, but pending sums go to any subtask. */
  @Test
  void sumsThatCameToASubtaskWithoutTheirTimerAreSentBeforeTheirWindowCloses() throws Exception {
    for (int home = 0; home < 2; home++) {
      OperatorSubtaskState users;
      try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
        var subtask = openUsers(taskManager, 1).get(0);
        subtask.send1(Interaction.click(Harnesses.keyOf(home, 2, 0), "a", 1));
        subtask.send1(Interaction.click(Harnesses.keyOf(home, 2, 0), "b", 2));
        users = subtask.snapshot();
      }
      try (var taskManager = RecommenderHarness.open(MODEL, 2)) {
        sums.clear();
        var subtasks = openUsers(taskManager, 2, users);
        for (int i = 0; i < 2; i++) {
          for (String item : List.of("c", "d")) {
            subtasks.get(i).send1(Interaction.click(Harnesses.keyOf(i, 2, 0), item, 70_000));
          }
          subtasks.get(i).watermark(59_999);
        }
        collect(subtasks);
        assertThat(sums)
            .as("user of subtask %d", home)
            .filteredOn(part -> part.windowEndMillis() == 60_000)
            .hasSize(3);
      }
    }
  }

  private static long judged(int events) {
    Map<String, Set<String>> seen = new HashMap<>();
    long judged = 0;
    for (Interaction event : STREAM.subList(0, events)) {
      boolean isKnown = seen.containsKey(event.userId());
      boolean isNew =
          seen.computeIfAbsent(event.userId(), u -> new HashSet<>()).add(event.itemId());
      judged += isKnown && isNew ? 1 : 0;
    }
    return judged;
  }

  private long scored(String source) {
    return sums.stream()
        .filter(part -> part.source().equals(source))
        .mapToLong(EvaluationSums::scored)
        .sum();
  }

  private void collect(
      List<Harnesses.Connected<Interaction, UserInput, RecommendationList>> subtasks) {
    for (var subtask : subtasks) {
      deltas.addAll(subtask.sideOutput(RecommenderFunction.ITEM_DELTAS));
      sums.addAll(subtask.sideOutput(RecommenderFunction.EVALUATION));
      for (UserFactor user : subtask.sideOutput(UserFactorFunction.USER_FACTORS)) {
        steps.merge(user.userId(), user.steps(), Math::max);
      }
    }
  }

  private static List<Harnesses.Connected<Interaction, UserInput, RecommendationList>> openUsers(
      RecommenderHarness taskManager, int parallelism, OperatorSubtaskState... before)
      throws Exception {
    List<Harnesses.Connected<Interaction, UserInput, RecommendationList>> subtasks =
        new ArrayList<>();
    for (int i = 0; i < parallelism; i++) {
      var subtask =
          taskManager.recommender(
              i,
              ServingSettings.onRequest(RankingConfig.builder().build()),
              EvaluationConfig.of(10, Duration.ofMinutes(1)));
      subtasks.add(
          before.length == 0
              ? subtask.open()
              : subtask.restore(Harnesses.rescaled(parallelism, i, before)));
    }
    return subtasks;
  }

  private static void send(
      List<Interaction> events,
      List<Harnesses.Connected<Interaction, UserInput, RecommendationList>> subtasks,
      RecommenderHarness taskManager)
      throws Exception {
    for (Interaction event : events) {
      var subtask = subtasks.get(Harnesses.subtaskOf(event.userId(), subtasks.size()));
      int flushed = subtask.sideOutput(RecommenderFunction.ITEM_DELTAS).size();
      subtask.send1(event);
      List<ItemDeltas> sent = subtask.sideOutput(RecommenderFunction.ITEM_DELTAS);
      for (ItemDeltas batch : sent.subList(flushed, sent.size())) {
        taskManager.broadcast(ReplicaUpdate.of(batch));
      }
    }
  }
}
