/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.evaluation.EvaluationConfig;
import io.github.flinkrecsys.core.evaluation.EvaluationSums;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.core.ranking.Sources;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.testing.Harnesses;
import io.github.flinkrecsys.operators.testing.Slot;
import java.time.Duration;
import java.util.Arrays;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrequentialEvaluationFunctionTest {
  private static final EvaluationConfig CONFIG = EvaluationConfig.of(3, Duration.ofMillis(100));

  @Test
  void anInteractionIsJudgedAgainstTheNewestListBeforeIt() throws Exception {
    try (var users = evaluation("hashmap", 1, 0).open()) {
      users.send1(list("u", 10, "a", "b", "c", "d"));
      users.send1(list("u", 120, "x", "y"));
      users.send2(Interaction.click("u", "b", 50));
      users.send2(Interaction.click("u", "b", 120));
      users.send2(Interaction.click("u", "b", 121));
      users.send2(Interaction.click("u", "x", 250));
      assertThat(users.output())
          .extracting(EvaluationSums::hits)
          .as("rank 2; rank 2, as the list of 120 is not before 120; none; rank 1")
          .containsExactly(1L, 1L, 0L, 1L);
      EvaluationSums first = users.output().get(0);
      assertThat(first)
          .isEqualTo(
              new EvaluationSums(
                  PrequentialEvaluationFunction.SOURCE,
                  0,
                  100,
                  3,
                  1,
                  1,
                  0.5,
                  first.gains(),
                  0,
                  0,
                  0,
                  new long[] {Hashes.hash("a"), Hashes.hash("b"), Hashes.hash("c")},
                  0));
      assertThat(first.gains()).isCloseTo(1 / (Math.log(3) / Math.log(2)), within(1e-12));
      assertThat(users.output().get(3).windowStartMillis()).isEqualTo(200);
      assertThat(users.output().get(3).reciprocalRanks()).isEqualTo(1);
    }
  }

  @Test
  void onlyTheFirstKItemsCount() throws Exception {
    try (var users = evaluation("hashmap", 1, 0).open()) {
      users.send1(list("u", 10, "a", "b", "c", "d"));
      users.send2(Interaction.click("u", "d", 50));
      assertThat(users.output()).extracting(EvaluationSums::hits).containsExactly(0L);
    }
  }

  @Test
  void aRejectedItemIsNoChoice() throws Exception {
    try (var users = evaluation("hashmap", 1, 0).open()) {
      users.send1(list("u", 10, "a"));
      users.send2(new Interaction("u", "a", "dislike", -1, 50));
      users.send2(new Interaction("u", "a", "rating", 0, 51));
      assertThat(users.output()).extracting(EvaluationSums::hits).containsExactly(1L);
    }
  }

  @Test
  void withoutAListOfTheirOwnBeforeThemInteractionsAreNotScored() throws Exception {
    try (var users = evaluation("hashmap", 1, 0).open()) {
      users.send2(Interaction.click("u", "a", 50));
      users.send1(list("u", 60, "a"));
      users.send2(Interaction.click("u", "a", 50));
      users.send2(Interaction.click("v", "a", 70));
      assertThat(users.output()).isEmpty();
    }
  }

  @Test
  void lateInteractionsAreJudgedByTheListOfTheirTimeAmongTheLastFour() throws Exception {
    try (var users = evaluation("hashmap", 1, 0).open()) {
      for (int at : new int[] {20, 10, 50, 40, 30}) {
        users.send1(list("u", at, "i" + at));
      }
      users.watermark(1_000);
      users.send2(Interaction.click("u", "i20", 25));
      users.send2(Interaction.click("u", "i30", 40));
      users.send2(Interaction.click("u", "i50", 60));
      users.send2(Interaction.click("u", "i10", 15));
      assertThat(users.output()).hasSize(3).allMatch(sums -> sums.hits() == 1);
    }
  }

  @Test
  void aUserWithoutANewListIsForgotten() throws Exception {
    try (var users = evaluation("hashmap", 1, 0).open()) {
      users.send1(list("u", 1_000, "a"));
      users.send1(list("u", 4_000, "a"));
      users.send2(Interaction.click("u", "a", 8_000));
      users.watermark(63_999);
      assertThat(users.stateEntries()).isEqualTo(1);
      users.watermark(64_000);
      assertThat(users.stateEntries() + users.timers()).isZero();
      users.send2(Interaction.click("u", "a", 65_000));
      assertThat(users.output()).hasSize(1);
    }
  }

  @Test
  void invalidInteractionsAreDeadLetters() throws Exception {
    Interaction bad = new Interaction("u", "a", null, 1, 5);
    try (var users = evaluation("hashmap", 1, 0).open()) {
      users.send2(bad);
      assertThat(users.sideOutput(DeadLetter.TAG))
          .containsExactly(
              new DeadLetter(
                  "prequential-evaluation",
                  "type must be a non-empty string, got null",
                  bad.toString(),
                  -1));
      assertThat(users.counter("deadLetters")).isEqualTo(1);
    }
  }

  @Test
  void invalidListsAreDeadLettersAndJudgeNothing() throws Exception {
    try (var users = evaluation("hashmap", 1, 0).open()) {
      users.send1(new RecommendationList("u", 10, 0, null));
      users.send1(new RecommendationList("u", 10, 0, new ScoredItem[1]));
      users.send1(list("u", 10, "a", null));
      users.send1(list("u", -10, "a"));
      users.send2(Interaction.click("u", "a", 50));
      assertThat(users.output()).isEmpty();
      assertThat(users.stateEntries() + users.timers()).isZero();
      assertThat(users.sideOutput(DeadLetter.TAG))
          .extracting(DeadLetter::reason)
          .containsExactly(
              "items must be given, got null",
              "items must be items with an id, got null at 0",
              "items must be items with an id, got null at 1",
              "generatedAtMillis must be non-negative, got -10");
      assertThat(users.counter("deadLetters")).isEqualTo(4);
    }
  }

  @Test
  void theEndOfTimeIsAWindowToo() throws Exception {
    try (var users = evaluation("hashmap", 1, 0).open()) {
      users.send1(list("u", 10, "a"));
      users.send2(Interaction.click("u", "a", Long.MAX_VALUE));
      assertThat(users.output())
          .extracting(EvaluationSums::windowEndMillis)
          .containsExactly(Long.MAX_VALUE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void listsSurviveRestoreAndAreStillFreed(String backend) throws Exception {
    OperatorSubtaskState snapshot;
    try (var before = evaluation(backend, 1, 0).open()) {
      before.send1(list("u", 10, "a", "b"));
      before.send1(list("v", 10, "c"));
      snapshot = before.snapshot();
    }
    try (var after = evaluation(backend, 1, 0).restore(snapshot)) {
      after.send2(Interaction.click("u", "b", 50));
      after.send2(Interaction.click("v", "b", 50));
      assertThat(after.output()).extracting(EvaluationSums::hits).containsExactly(1L, 0L);
      after.watermark(60_010);
      assertThat(after.stateEntries() + after.timers()).isZero();
    }
  }

  @Test
  void listsFollowTheirUsersWhenParallelismChanges() throws Exception {
    OperatorSubtaskState one;
    try (var single = evaluation("hashmap", 1, 0).open()) {
      for (int user = 0; user < 20; user++) {
        single.send1(list("u" + user, 10, "i" + user));
      }
      one = single.snapshot();
    }
    OperatorSubtaskState[] two = new OperatorSubtaskState[2];
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var half =
          evaluation("hashmap", 2, subtask).restore(Harnesses.rescaled(2, subtask, one))) {
        assertThat(half.stateEntries()).isBetween(1, 19);
        two[subtask] = half.snapshot();
      }
    }
    try (var single = evaluation("hashmap", 1, 0).restore(Harnesses.rescaled(1, 0, two))) {
      for (int user = 0; user < 20; user++) {
        single.send2(Interaction.click("u" + user, "i" + user, 50));
      }
      assertThat(single.output()).hasSize(20).allMatch(sums -> sums.hits() == 1);
      single.watermark(60_010);
      assertThat(single.stateEntries() + single.timers()).isZero();
    }
  }

  private static RecommendationList list(String userId, long atMillis, String... itemIds) {
    return new RecommendationList(
        userId,
        atMillis,
        0,
        Arrays.stream(itemIds)
            .map(id -> new ScoredItem(id, 1, Sources.BLEND, null))
            .toArray(ScoredItem[]::new));
  }

  private static Harnesses.Connected<RecommendationList, Interaction, EvaluationSums> evaluation(
      String backend, int parallelism, int subtask) throws Exception {
    return Harnesses.connected(
        new PrequentialEvaluationFunction(CONFIG, Duration.ofMinutes(1)),
        RecommendationList::userId,
        Interaction::userId,
        backend,
        new Slot(new JobID(), parallelism, subtask));
  }
}
