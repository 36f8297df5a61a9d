/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.neighbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import io.github.flinkrecsys.core.event.ConfidenceWeights;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.neighbor.IndexedSession;
import io.github.flinkrecsys.core.neighbor.SessionIndexConfig;
import io.github.flinkrecsys.core.neighbor.SessionNeighborConfig;
import io.github.flinkrecsys.core.neighbor.SessionNeighborConfig.Repeats;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.core.session.Session;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.factorization.ModelSettings;
import io.github.flinkrecsys.operators.replica.ReplicaUpdate;
import io.github.flinkrecsys.operators.replica.SharedReplica;
import io.github.flinkrecsys.operators.testing.Harnesses;
import io.github.flinkrecsys.operators.testing.RecommenderHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionNeighborFunctionTest {
  private static final Duration GAP = Duration.ofMillis(100);
  private static final SessionNeighborConfig NEXT_ONLY =
      SessionNeighborConfig.builder().repeats(Repeats.NONE).secondHop(0).build();
  private static final ModelSettings MODEL =
      ModelSettings.builder("m").sessionIndex(SessionIndexConfig.defaults()).build();

  @AfterEach
  void everyReplicaWasGivenBack() {
    assertThat(SharedReplica.inUse()).isZero();
  }

  @Test
  void answersEachInteractionFromSessionsThatHadClosed() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var sessions = taskManager.sessionNeighbors(0, NEXT_ONLY, GAP).open();
      taskManager.broadcast(closed("1", 50, "a", "b"));
      taskManager.broadcast(closed("2", 60, "x", "y"));
      taskManager.broadcast(closed("future", 960, "a", "later"));
      sessions.send(Interaction.click("u", "a", 1000));
      sessions.send(Interaction.click("v", "x", 1000));
      sessions.send(Interaction.click("u", "b", 1050));
      sessions.send(Interaction.click("u", "a", 1200));
      assertThat(sessions.output())
          .extracting(RecommendationList::userId, SessionNeighborFunctionTest::itemIds)
          .containsExactly(tuple("u", "b"), tuple("v", "y"), tuple("u", ""), tuple("u", "later b"));
      ScoredItem first = sessions.output().get(0).items()[0];
      assertThat(first.source()).isEqualTo("session-neighbors");
      assertThat(first.becauseItemId()).isEqualTo("a");
    }
  }

  @Test
  void lateInteractionsOfAnEarlierSessionChangeNothing() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var sessions = taskManager.sessionNeighbors(0, NEXT_ONLY, GAP).open();
      taskManager.broadcast(closed("1", 50, "a", "b"));
      sessions.send(Interaction.click("u", "a", 1000));
      sessions.send(Interaction.click("u", "b", 900));
      assertThat(sessions.output())
          .extracting(SessionNeighborFunctionTest::itemIds)
          .containsExactly("b", "b");
    }
  }

  @Test
  void invalidInteractionsAreDeadLetters() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var sessions = taskManager.sessionNeighbors(0, NEXT_ONLY, GAP).open();
      sessions.send(Interaction.click("u", "", 1000));
      assertThat(sessions.output()).isEmpty();
      assertThat(sessions.counter("deadLetters")).isEqualTo(1);
      assertThat(sessions.sideOutput(DeadLetter.TAG)).hasSize(1);
    }
  }

  @Test
  void stateIsFreedAfterTheGap() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var sessions = taskManager.sessionNeighbors(0, NEXT_ONLY, GAP).open();
      sessions.send(Interaction.click("u", "a", 1000));
      sessions.send(Interaction.click("u", "b", 1090));
      sessions.watermark(1189);
      assertThat(sessions.stateEntries()).isEqualTo(1);
      sessions.watermark(1190);
      assertThat(sessions.stateEntries()).isZero();
      assertThat(sessions.timers()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "2, 1"})
  void sessionsGoOnAfterARestore(int before, int after) throws Exception {
    List<String> users = List.of(Harnesses.keyOf(0, 2, 0), Harnesses.keyOf(1, 2, 0));
    OperatorSubtaskState[] writers;
    OperatorSubtaskState[] snapshots = new OperatorSubtaskState[before];
    try (var taskManager = RecommenderHarness.open(MODEL, before)) {
      var subtasks = new ArrayList<Harnesses.Keyed<String, Interaction, RecommendationList>>();
      for (int i = 0; i < before; i++) {
        subtasks.add(taskManager.sessionNeighbors(i, NEXT_ONLY, GAP).open());
      }
      for (int n = 0; n < 20; n++) {
        taskManager.broadcast(closed("s" + n, 10 + n, "a" + n, "b" + n, "c" + n));
      }
      for (int u = 0; u < 2; u++) {
        subtasks
            .get(Harnesses.subtaskOf(users.get(u), before))
            .send(Interaction.click(users.get(u), "a" + u, 1000));
      }
      writers = taskManager.writerSnapshots();
      for (int i = 0; i < before; i++) {
        snapshots[i] = subtasks.get(i).snapshot();
      }
    }
    try (var taskManager = RecommenderHarness.open(MODEL, after, writers)) {
      assertThat(taskManager.sessions().size()).isEqualTo(20);
      // What the source replays is known already.
      taskManager.broadcast(closed("s19", 29, "a19", "b19", "c19"));
      assertThat(taskManager.sessions().size()).isEqualTo(20);
      for (int u = 0; u < 2; u++) {
        int subtask = Harnesses.subtaskOf(users.get(u), after);
        try (var sessions =
            taskManager
                .sessionNeighbors(subtask, NEXT_ONLY, GAP)
                .restore(Harnesses.rescaled(after, subtask, snapshots))) {
          sessions.send(Interaction.click(users.get(u), "b" + u, 1010));
          assertThat(sessions.output().get(0).items())
              .extracting(ScoredItem::itemId)
              .as("a is remembered, so not proposed")
              .containsExactly("c" + u);
        }
      }
    }
  }

  @Test
  void aWriterBehindItsLeaderWritesWhatItHasReceived() throws Exception {
    OperatorSubtaskState[] snapshots;
    try (var taskManager = RecommenderHarness.open(MODEL, 2)) {
      // The barrier has reached the leader before these sessions, and the other writer after them.
      OperatorSubtaskState leader = taskManager.writer(0).snapshot();
      for (int n = 0; n < 20; n++) {
        taskManager.writer(1).send(closed("s" + n, 10 + n, "a" + n, "b" + n));
      }
      snapshots = new OperatorSubtaskState[] {leader, taskManager.writer(1).snapshot()};
      for (int n = 0; n < 20; n++) {
        taskManager.writer(0).send(closed("s" + n, 10 + n, "a" + n, "b" + n));
      }
      assertThat(taskManager.sessions().size()).isEqualTo(20);
    }
    try (var taskManager = RecommenderHarness.open(MODEL, 2, snapshots)) {
      int own = taskManager.sessions().size();
      assertThat(own).isBetween(5, 15);
      for (int n = 0; n < 20; n++) {
        taskManager.writer(0).send(closed("s" + n, 10 + n, "a" + n, "b" + n));
      }
      assertThat(taskManager.sessions().size()).isEqualTo(20);
    }
  }

  @Test
  void closedSessionsOfOneInteractionAreLeftOut() {
    List<ReplicaUpdate> updates = new ArrayList<>();
    Interaction a = Interaction.click("u", "a", 5);
    Interaction b = Interaction.click("u", "b", 7);
    Interaction shown = new Interaction("u", "shown", "impression", 1, 6);
    var function = new SessionsToReplica(new ConfidenceWeights(Map.of("impression", 0.0)));
    function.flatMap(new Session<>("u", 5, 5, new Interaction[] {a}), new ListCollector<>(updates));
    function.flatMap(
        new Session<>("u", 5, 7, new Interaction[] {a, shown, b}), new ListCollector<>(updates));
    function.flatMap(
        new Session<>("u", 5, 6, new Interaction[] {a, shown}), new ListCollector<>(updates));
    assertThat(updates)
        .singleElement()
        .satisfies(
            update -> {
              assertThat(update.session().itemIds()).containsExactly("a", "b");
              assertThat(update.session().endMillis()).isEqualTo(7);
            });
  }

  @Test
  void aModelThatRemembersNoSessionsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new SessionNeighborFunction(
                    ModelSettings.builder("m").build().replica(), NEXT_ONLY, 5, GAP))
        .withMessage("sessions.maxSessions must be positive, got 0");
  }

  private static ReplicaUpdate closed(String id, long endMillis, String... itemIds) {
    return ReplicaUpdate.of(IndexedSession.of(id, itemIds, endMillis));
  }

  private static String itemIds(RecommendationList list) {
    return String.join(
        " ", Arrays.stream(list.items()).map(ScoredItem::itemId).toArray(String[]::new));
  }
}
