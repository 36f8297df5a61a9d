/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.event.ConfidenceWeights;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.testing.Harnesses;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PopularityFunctionTest {
  private static final Duration HALF_LIFE = Duration.ofMillis(1_000);

  /** One interaction has decayed to 0.01 after log2(100) = 6.643856 half-lives. */
  private static final long FREED_AFTER = 6_644;

  @Test
  void countsDecayByHalfAndItemsDoNotMix() throws Exception {
    try (var items = popularity(HALF_LIFE).open()) {
      items.send(view("a", 1_000));
      items.send(view("b", 1_500));
      items.send(view("a", 2_000));
      items.clock(99);
      assertThat(items.output()).isEmpty();
      items.clock(100);
      assertThat(items.output())
          .extracting(ItemPopularity::itemId)
          .containsExactlyInAnyOrder("a", "b");
      assertThat(of("a", items).count()).isCloseTo(1.5, within(1e-9));
      assertThat(of("a", items).asOfMillis()).isEqualTo(2_000);
      assertThat(of("b", items).count()).isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void aLateInteractionCountsAsWhatItHasDecayedTo() throws Exception {
    try (var items = popularity(HALF_LIFE).open()) {
      items.send(view("a", 5_000));
      items.watermark(5_000);
      items.send(view("a", 3_000));
      items.clock(100);
      assertThat(of("a", items).count()).isCloseTo(1.25, within(1e-9));
      assertThat(of("a", items).asOfMillis()).isEqualTo(5_000);
    }
  }

  @Test
  void aValueIsSentAfter64Interactions() throws Exception {
    try (var items = popularity(DecayedCount.NEVER).open()) {
      for (int n = 0; n < 63; n++) {
        items.send(view("a", n));
      }
      assertThat(items.output()).isEmpty();
      items.send(view("a", 63));
      assertThat(items.output()).hasSize(1);
      assertThat(of("a", items).count()).isCloseTo(64, within(1e-9));
    }
  }

  @Test
  void typesCountByTheirConfidenceAndZeroLeavesNoState() throws Exception {
    var confidence = new ConfidenceWeights(Map.of("cart", 3.0, "hover", 0.0));
    try (var items = popularity(new PopularityFunction(HALF_LIFE, confidence), 1, 0, "hashmap")) {
      items.open();
      items.send(new Interaction("u", "b", "hover", 1, 5));
      assertThat(items.stateEntries()).isZero();
      items.send(new Interaction("u", "a", "cart", 1, 5));
      items.send(new Interaction("u", "a", "view", 1, 5));
      items.clock(100);
      assertThat(of("a", items).count()).isCloseTo(4, within(1e-9));
    }
  }

  @Test
  void stateIsFreedWhenTheCountHasDecayedAndNotEarlier() throws Exception {
    try (var items = popularity(HALF_LIFE).open()) {
      items.send(view("a", 0));
      items.watermark(1_000);
      items.send(view("a", 2_000));
      items.clock(100);
      items.watermark(2_000 + FREED_AFTER);
      assertThat(items.stateEntries()).as("1.25 has not decayed as far as 1").isEqualTo(1);
      items.watermark(2_322 + FREED_AFTER);
      assertThat(items.stateEntries()).isZero();
      assertThat(items.timers() + items.clockTimers()).isZero();
      assertThat(items.output()).hasSize(1);
    }
  }

  @Test
  void withoutDecayTheEndOfTheInputSendsWhatWasNotSent() throws Exception {
    try (var items = popularity(DecayedCount.NEVER).open()) {
      items.send(view("a", 0));
      items.send(view("a", 1_000_000));
      items.watermark(Long.MAX_VALUE);
      assertThat(of("a", items).count()).isCloseTo(2, within(1e-9));
      assertThat(items.timers()).isZero();
    }
  }

  @Test
  void invalidInteractionsAreDeadLetters() throws Exception {
    Interaction bad = new Interaction("u", "a", "view", Double.POSITIVE_INFINITY, 5);
    try (var items = popularity(HALF_LIFE).open()) {
      items.send(bad);
      assertThat(items.sideOutput(DeadLetter.TAG))
          .containsExactly(
              new DeadLetter(
                  "popularity", "weight must be finite, got Infinity", bad.toString(), -1));
      assertThat(items.counter("deadLetters")).isEqualTo(1);
      assertThat(items.stateEntries()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void countsSurviveRestoreAndAreStillFreed(String backend) throws Exception {
    OperatorSubtaskState snapshot;
    try (var before = popularity(backend, 1, 0).open()) {
      before.send(view("a", 0));
      before.send(view("b", 0));
      snapshot = before.snapshot();
    }
    try (var after = popularity(backend, 1, 0).restore(snapshot)) {
      after.send(view("a", 1_000));
      after.clock(100);
      assertThat(of("a", after).count()).isCloseTo(1.5, within(1e-9));
      assertThat(of("b", after).count()).isCloseTo(1, within(1e-9));
      after.watermark(FREED_AFTER);
      assertThat(after.stateEntries()).isPositive();
      after.watermark(3 * FREED_AFTER);
      assertThat(after.stateEntries() + after.timers() + after.clockTimers()).isZero();
    }
  }

  @Test
  void countsFollowTheirItemsWhenParallelismChanges() throws Exception {
    OperatorSubtaskState one;
    try (var single = popularity("hashmap", 1, 0).open()) {
      for (int item = 0; item < 20; item++) {
        single.send(view("i" + item, 0));
      }
      one = single.snapshot();
    }
    OperatorSubtaskState[] two = new OperatorSubtaskState[2];
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var half =
          popularity("hashmap", 2, subtask).restore(Harnesses.rescaled(2, subtask, one))) {
        for (int item = 0; item < 20; item++) {
          if (Harnesses.subtaskOf("i" + item, 2) == subtask) {
            half.send(view("i" + item, 1_000));
          }
        }
        two[subtask] = half.snapshot();
      }
    }
    try (var single = popularity("hashmap", 1, 0).restore(Harnesses.rescaled(1, 0, two))) {
      single.clock(100);
      assertThat(single.output())
          .hasSize(20)
          .allSatisfy(item -> assertThat(item.count()).isCloseTo(1.5, within(1e-9)));
      single.watermark(3 * FREED_AFTER);
      assertThat(single.stateEntries() + single.timers()).isZero();
    }
  }

  private static Interaction view(String itemId, long timestampMillis) {
    return new Interaction("u", itemId, "view", 1, timestampMillis);
  }

  private static ItemPopularity of(String itemId, Harnesses.Keyed<?, ?, ItemPopularity> items) {
    return items.output().stream()
        .filter(item -> item.itemId().equals(itemId))
        .reduce((older, newer) -> newer)
        .orElseThrow();
  }

  private static Harnesses.Keyed<String, Interaction, ItemPopularity> popularity(Duration halfLife)
      throws Exception {
    return popularity(new PopularityFunction(halfLife, ConfidenceWeights.EQUAL), 1, 0, "hashmap");
  }

  private static Harnesses.Keyed<String, Interaction, ItemPopularity> popularity(
      String backend, int parallelism, int subtask) throws Exception {
    var function = new PopularityFunction(HALF_LIFE, ConfidenceWeights.EQUAL);
    return popularity(function, parallelism, subtask, backend);
  }

  private static Harnesses.Keyed<String, Interaction, ItemPopularity> popularity(
      PopularityFunction function, int parallelism, int subtask, String backend) throws Exception {
    return Harnesses.keyed(
        function, Interaction::itemId, Types.STRING, backend, parallelism, subtask);
  }
}
