/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.evaluation.EvaluationConfig;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import io.github.flinkrecsys.core.replica.ModelDeltas;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.factorization.ModelRow;
import io.github.flinkrecsys.operators.factorization.ModelSettings;
import io.github.flinkrecsys.operators.factorization.UserFactor;
import io.github.flinkrecsys.operators.factorization.UserFactorFunction;
import io.github.flinkrecsys.operators.ranking.ServingSettings;
import io.github.flinkrecsys.operators.replica.ReplicaUpdate;
import io.github.flinkrecsys.operators.replica.SharedReplica;
import io.github.flinkrecsys.operators.testing.Harnesses;
import io.github.flinkrecsys.operators.testing.RecommenderHarness;
import io.github.flinkrecsys.operators.util.MetricNames;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The user side, which waits for an offline model and takes it over. */
class InitialModelTest {
  private static final Duration TTL = Duration.ofSeconds(10);
  private static final ModelSettings MODEL = model(Duration.ofMinutes(1));
  private static final ServingSettings SERVING =
      ServingSettings.onUpdate(RankingConfig.builder().k(2).build());
  private static final EvaluationConfig EVALUATION = EvaluationConfig.of(5, Duration.ofMinutes(1));

  @AfterEach
  void everyReplicaWasGivenBack() {
    assertThat(SharedReplica.inUse()).isZero();
  }

  @Test
  void interactionsWaitForUsersAndItemsAndKeepTheirOrder() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users = taskManager.recommender(0, SERVING, EVALUATION, true).open();
      users.send1(Interaction.click("u", "a", 1_000));
      users.send1(Interaction.click("v", "b", 1_001));
      users.send1(Interaction.click("u", "b", 1_002));
      users.watermark1(2_000);
      users.send2(UserInput.of(user(1, "u", 1, 0)));
      assertThat(users.output()).as("rows of users may follow").isEmpty();

      users.watermark2(Long.MAX_VALUE);
      users.send1(Interaction.click("u", "c", 1_003));
      assertThat(users.output()).as("items are on their way").isEmpty();
      taskManager.broadcast(items(1, 3, "a", "b"));
      users.clock(50);
      assertThat(users.output()).as("one is on its way").isEmpty();
      taskManager.broadcast(items(1, 3, "c"));
      users.clock(100);
      assertThat(learned(users, "u")).containsExactly("a", "b", "c");
      assertThat(learned(users, "v")).containsExactly("b");
      assertThat(users.counter(MetricNames.HELD_INTERACTIONS)).isEqualTo(4);
      assertThat(users.counter(MetricNames.LATE_INTERACTIONS)).isEqualTo(1);
      assertThat(users.output())
          .hasSize(4)
          .allSatisfy(list -> assertThat(list.modelVersion()).isEqualTo(1));

      users.send1(Interaction.click("u", "d", 2_001));
      assertThat(learned(users, "u"))
          .as("nobody waits any more")
          .containsExactly("a", "b", "c", "d");
    }
  }

  @Test
  void withoutAnInitialModelNobodyWaits() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users = taskManager.recommender(0, SERVING, EVALUATION).open();
      users.send1(Interaction.click("u", "a", 1));
      assertThat(learned(users, "u")).containsExactly("a");
      assertThat(users.output()).allMatch(list -> list.modelVersion() == 0);
    }
  }

  /** The user's vector points to b, away from a; both were never seen in an interaction. */
  @Test
  void aUserOfTheModelIsServedByItAtOnce() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users = taskManager.recommender(0, SERVING, EVALUATION, true).open();
      users.send2(UserInput.of(user(1, "u", 0, 1)));
      users.watermark2(Long.MAX_VALUE);
      taskManager.broadcast(
          ReplicaUpdate.of(
              new ModelDeltas(
                  1, 2, deltas(new String[] {"a", "b"}, new float[] {0, -3, 0, 0, 3, 0}))));
      users.send2(UserInput.of(new RecommendationRequest("u", 2, null, 5)));
      RecommendationList list = users.output().get(0);
      assertThat(list.items()).extracting(ScoredItem::itemId).containsExactly("b", "a");
      assertThat(list.policy()).isEqualTo(RecommendationList.BLEND);
      assertThat(list.modelVersion()).isEqualTo(1);
    }
  }

  @Test
  void whatWaitsIsInTheCheckpointAndGoesWithItsUser() throws Exception {
    OperatorSubtaskState snapshot;
    OperatorSubtaskState[] writers;
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var before = taskManager.recommender(0, SERVING, EVALUATION, true).open();
      for (int user = 0; user < 20; user++) {
        before.send1(Interaction.click("u" + user, "a", 1_000));
        before.send1(Interaction.click("u" + user, "b", 1_001));
      }
      taskManager.broadcast(items(1, 2, "a"));
      snapshot = before.snapshot();
      writers = taskManager.writerSnapshots();
    }
    try (var taskManager = RecommenderHarness.open(MODEL, 2, writers)) {
      taskManager.broadcast(items(1, 2, "b"));
      for (int subtask = 0; subtask < 2; subtask++) {
        var after =
            taskManager
                .recommender(subtask, SERVING, EVALUATION, true)
                .restore(Harnesses.rescaled(2, subtask, snapshot));
        after.watermark(2_000);
        for (int user = 0; user < 20; user++) {
          boolean isHere = Harnesses.subtaskOf("u" + user, 2) == subtask;
          assertThat(learned(after, "u" + user))
              .as("user %d in subtask %d", user, subtask)
              .isEqualTo(isHere ? List.of("a", "b") : List.of());
        }
      }
    }
  }

  @Test
  void whatWaitsInTwoSubtasksGoesIntoOne() throws Exception {
    OperatorSubtaskState[] snapshots = new OperatorSubtaskState[2];
    OperatorSubtaskState[] writers;
    try (var taskManager = RecommenderHarness.open(MODEL, 2)) {
      for (int subtask = 0; subtask < 2; subtask++) {
        var before = taskManager.recommender(subtask, SERVING, EVALUATION, true).open();
        for (int user = 0; user < 20; user++) {
          if (Harnesses.subtaskOf("u" + user, 2) == subtask) {
            before.send1(Interaction.click("u" + user, "a", 1_000));
            before.send1(Interaction.click("u" + user, "b", 1_001));
          }
        }
        snapshots[subtask] = before.snapshot();
      }
      taskManager.broadcast(items(1, 2, "a"));
      writers = taskManager.writerSnapshots();
    }
    try (var taskManager = RecommenderHarness.open(MODEL, 1, writers)) {
      taskManager.broadcast(items(1, 2, "b"));
      var after =
          taskManager
              .recommender(0, SERVING, EVALUATION, true)
              .restore(Harnesses.rescaled(1, 0, snapshots));
      after.watermark(2_000);
      for (int user = 0; user < 20; user++) {
        assertThat(learned(after, "u" + user)).as("user %d", user).isEqualTo(List.of("a", "b"));
      }
    }
  }

  @Test
  void whatWaitsIsLearnedFromByAJobThatAwaitsNothingAnyMore() throws Exception {
    OperatorSubtaskState snapshot;
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var before = taskManager.recommender(0, SERVING, EVALUATION, true).open();
      before.send1(Interaction.click("u", "a", 1_000));
      snapshot = before.snapshot();
    }
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var after = taskManager.recommender(0, SERVING, EVALUATION).restore(snapshot);
      after.send1(Interaction.click("u", "b", 1_001));
      after.watermark(2_000);
      assertThat(learned(after, "u")).containsExactly("a", "b");
    }
  }

  @Test
  void theEndOfTheInputWaitsForTheItemsAndLosesNothing() throws Exception {
    try (var taskManager = RecommenderHarness.open(model(Duration.ofMillis(200)), 1)) {
      var users = taskManager.recommender(0, SERVING, EVALUATION, true).open();
      users.send1(Interaction.click("u", "a", 1_000));
      taskManager.broadcast(items(1, 2, "a"));
      users.watermark(Long.MAX_VALUE);
      assertThat(learned(users, "u")).as("without the item that never came").containsExactly("a");
    }
  }

  @Test
  void ofAUserWithTooManyTheRestAreDeadLetters() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users = taskManager.recommender(0, SERVING, null, true).open();
      for (int n = 0; n < HeldInteractions.MAX_PER_USER + 2; n++) {
        users.send1(Interaction.click("bot", "i" + n % 7, n));
      }
      assertThat(users.sideOutput(DeadLetter.TAG))
          .hasSize(2)
          .allMatch(letter -> letter.reason().contains("must be at most 1000"));
      taskManager.broadcast(items(1, 1, "a"));
      users.watermark(5_000);
      assertThat(users.output()).hasSize(HeldInteractions.MAX_PER_USER);
    }
  }

  @Test
  void aUserWhoNeverComesIsForgotten() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users = taskManager.recommender(0, SERVING, null, true).open();
      users.send2(UserInput.of(user(1, "early", 1, 1)));
      taskManager.broadcast(items(1, 1, "a"));
      users.watermark(1_000_000);
      users.send2(UserInput.of(user(1, "late", 1, 1)));
      assertThat(users.stateEntries()).isEqualTo(4);
      users.watermark(1_000_000 + TTL.toMillis() - 1);
      assertThat(users.stateEntries()).isEqualTo(4);
      users.watermark(1_000_000 + TTL.toMillis());
      assertThat(users.stateEntries()).isZero();
      assertThat(users.counter(MetricNames.KEYS_FREED)).isEqualTo(2);
    }
  }

  @Test
  void aNewerModelMovesALearnedUserHalfWayAndAnOlderOneNot() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users = taskManager.recommender(0, SERVING, null).open();
      users.send1(Interaction.click("u", "a", 1));
      users.send2(UserInput.of(user(2, "u", 8, 6)));
      users.send2(UserInput.of(user(1, "u", 100, 100)));
      float[] learned = users.sideOutput(UserFactorFunction.USER_FACTORS).get(0).vector();
      // With a weight of nothing the next interaction shows the vector and leaves it alone.
      users.send1(new Interaction("u", "a", "ignored", 1, 2));
      float[] moved = users.sideOutput(UserFactorFunction.USER_FACTORS).get(1).vector();
      assertThat(moved[0]).isEqualTo(4 + learned[0] / 2);
      assertThat(moved[1]).isEqualTo(3 + learned[1] / 2);
      assertThat(users.counter(MetricNames.MODEL_ROWS)).isEqualTo(1);
    }
  }

  @Test
  void aRowThatDoesNotFitIsADeadLetter() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users = taskManager.recommender(0, SERVING, null).open();
      users.send2(UserInput.of(new ModelRow(1, 1, false, "u", new float[3])));
      assertThat(users.sideOutput(DeadLetter.TAG))
          .extracting(DeadLetter::reason)
          .containsExactly("factors must be 2 of the running model, got 3");
      assertThat(users.stateEntries()).isZero();
    }
  }

  private static List<String> learned(
      Harnesses.Connected<Interaction, UserInput, RecommendationList> users, String userId) {
    return users.sideOutput(UserFactorFunction.USER_FACTORS).stream()
        .filter(user -> user.userId().equals(userId))
        .map(UserFactor::itemId)
        .toList();
  }

  private static ModelRow user(long version, String id, float... factors) {
    return new ModelRow(version, 1, false, id, factors);
  }

  private static ReplicaUpdate items(long version, int items, String... itemIds) {
    return ReplicaUpdate.of(
        new ModelDeltas(version, items, deltas(itemIds, new float[itemIds.length * 3])));
  }

  private static ItemDeltas deltas(String[] itemIds, float[] values) {
    return new ItemDeltas(
        0, 0, itemIds, values, new long[itemIds.length], new double[itemIds.length], 0, 0);
  }

  private static ModelSettings model(Duration readyTimeout) {
    return ModelSettings.builder("m")
        .factors(FactorConfig.pairwise().factors(2).negatives(1).build())
        .readyTimeout(readyTimeout)
        .userTtl(TTL)
        .build();
  }
}
