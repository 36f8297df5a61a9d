/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.feature.Impression;
import io.github.flinkrecsys.core.feature.ImpressionJoinConfig;
import io.github.flinkrecsys.core.feature.TrainingExample;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.testing.Harnesses;
import io.github.flinkrecsys.operators.testing.Slot;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImpressionJoinFunctionTest {
  private static final long WAIT = 100;
  private static final ImpressionJoinConfig CONFIG =
      ImpressionJoinConfig.builder().waiting(Duration.ofMillis(WAIT)).maxOpen(3).build();

  @Test
  void aClickWithinTheWaitGivesAPositiveAndSilenceANegative() throws Exception {
    try (var join = join(CONFIG).open()) {
      join.send1(shown("u", "a", 10));
      join.send1(shown("u", "b", 10));
      join.send2(click("u", "a", 10 + WAIT));
      join.send2(click("u", "b", 10 + WAIT + 1));
      join.watermark(10 + WAIT - 1);
      assertThat(join.output()).isEmpty();
      join.watermark(10 + WAIT);
      assertThat(join.output())
          .containsExactly(example("u", "a", 10, 1, 10 + WAIT), example("u", "b", 10, 0, -1));
      join.watermark(10 + WAIT + 1);
      assertThat(join.counter("positives")).isEqualTo(1);
      assertThat(join.counter("negatives")).isEqualTo(1);
      assertThat(join.counter("unmatchedInteractions")).isEqualTo(1);
      assertThat(join.stateEntries() + join.timers()).isZero();
    }
  }

  @Test
  void theExampleHoldsExactlyWhatWasServed() throws Exception {
    Impression shown = new Impression("u", "a", "list 7", 3, new float[] {0.25f, 1e-9f}, 42, 10);
    try (var join = join(CONFIG).open()) {
      join.send1(shown);
      join.send2(click("u", "a", 11));
      join.watermark(11);
      assertThat(join.output())
          .containsExactly(
              new TrainingExample(
                  "u", "a", "list 7", 3, 1, new float[] {0.25f, 1e-9f}, 42, 10, 11));
    }
  }

  @Test
  void aClickThatArrivesBeforeItsImpressionCounts() throws Exception {
    try (var join = join(CONFIG).open()) {
      join.send2(click("u", "a", 20));
      join.send1(shown("u", "a", 10));
      join.watermark(20);
      assertThat(join.output()).containsExactly(example("u", "a", 10, 1, 20));
    }
  }

  @Test
  void aClickBelongsToTheNewestImpressionAndARepeatedClickToNoOther() throws Exception {
    try (var join = join(CONFIG).open()) {
      join.send1(shown("u", "a", 10));
      join.send1(shown("u", "a", 20));
      join.send2(click("u", "a", 30));
      join.send2(click("u", "a", 31));
      join.watermark(31);
      assertThat(join.output()).containsExactly(example("u", "a", 20, 1, 30));
      join.watermark(20 + WAIT);
      assertThat(join.output())
          .containsExactly(example("u", "a", 20, 1, 30), example("u", "a", 10, 0, -1));
      assertThat(join.stateEntries() + join.timers()).isZero();
    }
  }

  @Test
  void theBestOfSeveralLabelsCountsAndOnlyTheHighestEndsTheWait() throws Exception {
    ImpressionJoinConfig graded =
        ImpressionJoinConfig.builder()
            .waiting(Duration.ofMillis(WAIT))
            .labels(Map.of("click", 1f, "purchase", 3f))
            .build();
    try (var join = join(graded).open()) {
      join.send1(shown("u", "a", 10));
      join.send1(shown("u", "b", 10));
      join.send2(click("u", "a", 11));
      join.send2(click("u", "b", 12));
      join.send2(new Interaction("u", "a", "purchase", 1, 15));
      join.send2(new Interaction("u", "b", "hover", 1, 16));
      join.watermark(15);
      assertThat(join.output()).containsExactly(example("u", "a", 10, 3, 15));
      join.watermark(10 + WAIT);
      assertThat(join.output())
          .containsExactly(example("u", "a", 10, 3, 15), example("u", "b", 10, 1, 12));
    }
  }

  @Test
  void usersDoNotMix() throws Exception {
    try (var join = join(CONFIG).open()) {
      join.send1(shown("u", "a", 10));
      join.send1(shown("v", "a", 10));
      join.send2(click("v", "a", 11));
      join.watermark(10 + WAIT);
      assertThat(join.output())
          .containsExactlyInAnyOrder(example("v", "a", 10, 1, 11), example("u", "a", 10, 0, -1));
    }
  }

  @Test
  void lateRecordsAreTakenWhereThatIsExactAndElseGoToTheSide() throws Exception {
    try (var join = join(CONFIG).open()) {
      join.send1(shown("u", "a", 10));
      join.watermark(50);
      join.send1(shown("u", "b", 50));
      join.send2(click("u", "b", 50));
      join.send2(click("u", "a", 40));
      assertThat(join.output()).containsExactly(example("u", "a", 10, 1, 40));
      assertThat(join.sideOutput(ImpressionJoinFunction.LATE_IMPRESSIONS))
          .containsExactly(shown("u", "b", 50));
      assertThat(join.sideOutput(ImpressionJoinFunction.LATE_INTERACTIONS))
          .containsExactly(click("u", "b", 50));
      assertThat(join.counter("lateImpressions")).isEqualTo(1);
      assertThat(join.counter("lateInteractions")).isEqualTo(1);
      join.watermark(Long.MAX_VALUE);
      assertThat(join.output()).hasSize(1);
      assertThat(join.stateEntries() + join.timers()).isZero();
    }
  }

  @Test
  void recordsBeyondTheBoundAndBadOnesAreDeadLetters() throws Exception {
    Impression bad = new Impression("u", "a", "", 0, new float[] {Float.NaN}, 1, 10);
    try (var join = join(CONFIG).open()) {
      for (int i = 0; i < 4; i++) {
        join.send1(shown("u", "i" + i, 10));
        join.send2(click("u", "i" + i, 11));
      }
      join.send1(bad);
      join.send2(click("u", "", 12));
      assertThat(join.sideOutput(DeadLetter.TAG))
          .extracting(DeadLetter::reason)
          .containsExactly(
              "open impressions of a key must be at most maxOpen (3), got more",
              "pending interactions of a key must be at most maxOpen (3), got more",
              "features must be finite numbers, got [NaN]",
              "itemId must be a non-empty string, got \"\"");
      assertThat(join.counter("overflowedRecords")).isEqualTo(2);
      assertThat(join.counter("deadLetters")).isEqualTo(2);
      join.watermark(Long.MAX_VALUE);
      assertThat(join.output()).hasSize(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void whatIsOpenAndWhatIsPendingSurvivesARestore(String backend) throws Exception {
    OperatorSubtaskState snapshot;
    try (var before = join(CONFIG, backend, Slot.alone()).open()) {
      before.send1(shown("u", "a", 10));
      before.send1(shown("u", "b", 10));
      before.send1(shown("u", "c", 10));
      before.send2(click("u", "a", 15));
      before.send2(click("u", "b", 25));
      before.watermark(20);
      assertThat(before.output()).containsExactly(example("u", "a", 10, 1, 15));
      snapshot = before.snapshot();
    }
    try (var after = join(CONFIG, backend, Slot.alone()).restore(snapshot)) {
      after.watermark(20);
      after.send2(click("u", "a", 21));
      after.watermark(10 + WAIT);
      assertThat(after.output())
          .containsExactly(example("u", "b", 10, 1, 25), example("u", "c", 10, 0, -1));
      assertThat(after.stateEntries() + after.timers()).isZero();
    }
  }

  @Test
  void impressionsFollowTheirUsersWhenParallelismChanges() throws Exception {
    JobID job = new JobID();
    OperatorSubtaskState one;
    try (var single = join(CONFIG).open()) {
      for (int user = 0; user < 20; user++) {
        single.send1(shown("u" + user, "a", 10));
        single.send1(shown("u" + user, "b", 10));
      }
      one = single.snapshot();
    }
    OperatorSubtaskState[] two = new OperatorSubtaskState[2];
    int positives = 0;
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var half =
          join(CONFIG, "hashmap", new Slot(job, 2, subtask))
              .restore(Harnesses.rescaled(2, subtask, one))) {
        for (int user = 0; user < 20; user++) {
          if (Harnesses.subtaskOf("u" + user, 2) == subtask) {
            half.send2(click("u" + user, "a", 20));
          }
        }
        half.watermark(20);
        assertThat(half.output()).isNotEmpty();
        positives += half.output().size();
        two[subtask] = half.snapshot();
      }
    }
    assertThat(positives).isEqualTo(20);
    try (var single =
        join(CONFIG, "hashmap", Slot.alone()).restore(Harnesses.rescaled(1, 0, two))) {
      single.watermark(10 + WAIT);
      assertThat(single.output())
          .hasSize(20)
          .allSatisfy(
              example -> {
                assertThat(example.itemId()).isEqualTo("b");
                assertThat(example.label()).isZero();
              });
    }
  }

  static Impression shown(String userId, String itemId, long timestampMillis) {
    return new Impression(userId, itemId, "", 0, new float[] {7}, 1, timestampMillis);
  }

  static Interaction click(String userId, String itemId, long timestampMillis) {
    return Interaction.click(userId, itemId, timestampMillis);
  }

  static TrainingExample example(
      String userId, String itemId, long shownAt, float label, long labeledAt) {
    return new TrainingExample(
        userId, itemId, "", 0, label, new float[] {7}, 1, shownAt, labeledAt);
  }

  private static Harnesses.Connected<Impression, Interaction, TrainingExample> join(
      ImpressionJoinConfig config) throws Exception {
    return join(config, "hashmap", Slot.alone());
  }

  private static Harnesses.Connected<Impression, Interaction, TrainingExample> join(
      ImpressionJoinConfig config, String backend, Slot slot) throws Exception {
    return Harnesses.connected(
        new ImpressionJoinFunction(config), Impression::userId, Interaction::userId, backend, slot);
  }
}
