/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.catalog.CatalogConfig;
import io.github.flinkrecsys.core.event.Attributes;
import io.github.flinkrecsys.core.event.Features;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.operators.factorization.FlushSettings;
import io.github.flinkrecsys.operators.factorization.ModelSettings;
import io.github.flinkrecsys.operators.ranking.ServingSettings;
import io.github.flinkrecsys.operators.replica.ReplicaUpdate;
import io.github.flinkrecsys.operators.replica.SharedReplica;
import io.github.flinkrecsys.operators.testing.Harnesses;
import io.github.flinkrecsys.operators.testing.RecommenderHarness;
import io.github.flinkrecsys.operators.testing.SampleStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trends and what is known of items across a checkpoint with some counts still unsent. */
class TrendRestoreTest {
  private static final long HALF_LIFE = 50 * SampleStream.STEP_MILLIS;

  private static final ModelSettings MODEL =
      ModelSettings.builder("m")
          .factors(FactorConfig.pairwise().factors(4).negatives(3).build())
          .catalog(
              CatalogConfig.builder()
                  .trendHalfLife(Duration.ofMillis(HALF_LIFE))
                  .trendSize(100)
                  .build())
          .flush(new FlushSettings(16, Duration.ofMillis(50)))
          .build();

  private static final ServingSettings SERVING =
      ServingSettings.onUpdate(RankingConfig.builder().build());
  private static final List<Interaction> STREAM = SampleStream.of(6, 300, 12, 40);
  private static final int HALF = 150;
  private static final long END = 300 * SampleStream.STEP_MILLIS;

  private final List<ReplicaUpdate> sent = new ArrayList<>();
  private final Set<ReplicaUpdate> delivered = new HashSet<>();

  @AfterEach
  void everyReplicaWasGivenBack() {
    assertThat(SharedReplica.inUse()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "2, 1", "2, 2"})
  void everyInteractionCountsOnce(int before, int after) throws Exception {
    OperatorSubtaskState[] writers;
    OperatorSubtaskState[] users = new OperatorSubtaskState[before];
    try (var taskManager = RecommenderHarness.open(MODEL, before)) {
      var subtasks = openUsers(taskManager, before);
      taskManager.broadcast(ReplicaUpdate.of(metadata("i1", "shoes")));
      send(STREAM.subList(0, HALF), subtasks, taskManager);
      assertCounts(taskManager, HALF);
      writers = taskManager.writerSnapshots();
      for (int i = 0; i < before; i++) {
        users[i] = subtasks.get(i).snapshot();
      }
    }
    assertThat(sent.stream().anyMatch(update -> update.trends() != null))
        .as("some must have been sent before the checkpoint")
        .isTrue();
    try (var taskManager = RecommenderHarness.open(MODEL, after, writers)) {
      var subtasks = openUsers(taskManager, after, users);
      assertCounts(taskManager, HALF);
      send(STREAM.subList(HALF, 300), subtasks, taskManager);
      for (var subtask : subtasks) {
        subtask.watermark(Long.MAX_VALUE);
        deliver(subtask, taskManager);
      }
      assertCounts(taskManager, 300);
      assertThat(taskManager.trends().category(taskManager.items().slot("i1"))).isEqualTo("shoes");
      writers = taskManager.writerSnapshots();
    }
    // Now nothing is pending: the writers' shares alone are the whole.
    try (var taskManager = RecommenderHarness.open(MODEL, after, writers)) {
      assertCounts(taskManager, 300);
    }
  }

  @Test
  void anotherTaskManagerHearsOfItOnce() throws Exception {
    try (var here = RecommenderHarness.open(MODEL, 1);
        var there = RecommenderHarness.open(MODEL, 1)) {
      var subtasks = openUsers(here, 1);
      send(STREAM, subtasks, here);
      subtasks.get(0).watermark(Long.MAX_VALUE);
      deliver(subtasks.get(0), here);
      for (ReplicaUpdate update : sent) {
        there.broadcast(update);
      }
      assertCounts(here, 300);
      assertCounts(there, 300);
    }
  }

  @Test
  void alikeItemsAreFoundAgainAfterARestore() throws Exception {
    OperatorSubtaskState[] writers;
    try (var taskManager = RecommenderHarness.open(MODEL, 2)) {
      taskManager.broadcast(ReplicaUpdate.of(metadata("a", "shoes")));
      taskManager.broadcast(ReplicaUpdate.of(metadata("b", "shoes")));
      taskManager.broadcast(ReplicaUpdate.of(metadata("c", "lamps")));
      assertThat(alike(taskManager, "a")).containsExactly("b");
      writers = taskManager.writerSnapshots();
    }
    try (var taskManager = RecommenderHarness.open(MODEL, 1, writers)) {
      assertThat(alike(taskManager, "a")).containsExactly("b");
    }
  }

  private static List<String> alike(RecommenderHarness taskManager, String itemId) {
    List<String> alike = new ArrayList<>();
    taskManager
        .content()
        .alike(
            taskManager.items().slot(itemId),
            (slot, likeness) -> alike.add(taskManager.items().id(slot)));
    return alike;
  }

  private static ItemMetadata metadata(String itemId, String category) {
    return new ItemMetadata(itemId, Attributes.of(Map.of("category", category)), Features.NONE, 1);
  }

  private static List<Harnesses.Connected<Interaction, UserInput, RecommendationList>> openUsers(
      RecommenderHarness taskManager, int parallelism, OperatorSubtaskState... before)
      throws Exception {
    List<Harnesses.Connected<Interaction, UserInput, RecommendationList>> subtasks =
        new ArrayList<>();
    for (int i = 0; i < parallelism; i++) {
      var subtask = taskManager.recommender(i, SERVING, null);
      subtasks.add(
          before.length == 0
              ? subtask.open()
              : subtask.restore(Harnesses.rescaled(parallelism, i, before)));
    }
    return subtasks;
  }

  private void send(
      List<Interaction> events,
      List<Harnesses.Connected<Interaction, UserInput, RecommendationList>> subtasks,
      RecommenderHarness taskManager)
      throws Exception {
    for (int n = 0; n < events.size(); n++) {
      var subtask = subtasks.get(Harnesses.subtaskOf(events.get(n).userId(), subtasks.size()));
      subtask.send1(events.get(n));
      if (n % 40 == 39) {
        subtask.clock(n * 10L);
      }
      deliver(subtask, taskManager);
    }
  }

  private void deliver(
      Harnesses.Connected<Interaction, UserInput, RecommendationList> subtask,
      RecommenderHarness taskManager)
      throws Exception {
    List<ReplicaUpdate> updates =
        new ArrayList<>(subtask.sideOutput(RecommenderFunction.REPLICA_UPDATES));
    subtask
        .sideOutput(RecommenderFunction.ITEM_DELTAS)
        .forEach(deltas -> updates.add(ReplicaUpdate.of(deltas)));
    for (ReplicaUpdate update : updates) {
      if (delivered.add(update)) {
        sent.add(update);
        taskManager.broadcast(update);
      }
    }
  }

  /** One interaction more or less is at least 0.2 % of any count here. */
  private static void assertCounts(RecommenderHarness taskManager, int events) {
    Map<String, Double> counts = new TreeMap<>();
    taskManager
        .trends()
        .leaders(null, END, (slot, count) -> counts.put(taskManager.items().id(slot), count));
    Map<String, Double> expected = expected(events);
    assertThat(counts.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (item, count) ->
            assertThat(counts.get(item)).as(item).isCloseTo(count, within(5e-4 * count)));
  }

  private static Map<String, Double> expected(int events) {
    Map<String, Double> counts = new TreeMap<>();
    for (Interaction event : STREAM.subList(0, events)) {
      double age = (double) (END - event.timestampMillis()) / HALF_LIFE;
      counts.merge(event.itemId(), Math.pow(2, -age), Double::sum);
    }
    return counts;
  }
}
