/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.event.EnrichedInteraction;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.feature.EventTypes;
import io.github.flinkrecsys.core.feature.FeatureConfig;
import io.github.flinkrecsys.core.feature.FeatureVector;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.testing.Harnesses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureFunctionTest {
  private static final long TTL = 5_000;
  private static final FeatureConfig CONFIG =
      FeatureConfig.builder()
          .count("views", Duration.ofMillis(1_000), "view")
          .window("recent", Duration.ofMillis(100), 3)
          .rate("ctr", EventTypes.of("click"), EventTypes.of("view"), DecayedCount.NEVER, 0.1, 10)
          .timeSince("sinceClick", Duration.ofSeconds(60), "click")
          .ttl(Duration.ofMillis(TTL))
          .build();

  @Test
  void everyInteractionGivesTheFeaturesOfItsKey() throws Exception {
    try (var users = features(FeatureKeys::user).open()) {
      users.send(event("a", "x", "view", 1_000));
      users.send(event("b", "x", "click", 1_500));
      users.send(event("a", "y", "click", 2_000));
      assertThat(users.output())
          .extracting(FeatureVector::key, FeatureVector::timestampMillis)
          .containsExactly(tuple("a", 1_000L), tuple("b", 1_500L), tuple("a", 2_000L));
      assertThat(users.output().get(2).values())
          .containsExactly(new float[] {0.5f, 1, 2 / 11f, 0}, within(1e-6f));
      assertThat(users.output())
          .allSatisfy(vector -> assertThat(vector.version()).isEqualTo(CONFIG.version()));
    }
  }

  @Test
  void pairsOfUsersAndItemsDoNotMix() throws Exception {
    try (var pairs = features(FeatureKeys::pair).open()) {
      pairs.send(event("a", "bc", "view", 1));
      pairs.send(event("ab", "c", "view", 1));
      pairs.send(event("a", "bc", "view", 1));
      assertThat(pairs.output())
          .extracting(FeatureVector::key)
          .containsExactly("1:abc", "2:abc", "1:abc");
    }
  }

  @Test
  void aLateInteractionIsCountedAndTakenWhereItBelongs() throws Exception {
    try (var users = features(FeatureKeys::user).open()) {
      users.send(event("a", "x", "view", 2_000));
      users.watermark(2_000);
      users.send(event("a", "x", "view", 1_000));
      FeatureVector vector = users.output().get(1);
      assertThat(vector.timestampMillis()).isEqualTo(2_000);
      assertThat(vector.values())
          .containsExactly(new float[] {1.5f, 1, 1 / 12f, 60}, within(1e-6f));
      assertThat(users.counter("lateInteractions")).isEqualTo(1);
    }
  }

  @Test
  void aSilentKeyIsForgottenAndNotEarlier() throws Exception {
    try (var users = features(FeatureKeys::user).open()) {
      users.send(event("a", "x", "view", 0));
      users.send(event("a", "x", "view", 2_000));
      users.watermark(2_000 + TTL - 1);
      assertThat(users.stateEntries()).isEqualTo(1);
      users.watermark(2_000 + TTL);
      assertThat(users.stateEntries() + users.timers()).isZero();
    }
  }

  @Test
  void recordsThatCannotBeUsedAreDeadLetters() throws Exception {
    EnrichedInteraction bad = event("a", "x", "view", -1);
    try (var users = features(FeatureKeys::user).open()) {
      users.send(bad);
      assertThat(users.sideOutput(DeadLetter.TAG))
          .containsExactly(
              new DeadLetter(
                  "features", "timestampMillis must be non-negative, got -1", bad.toString(), -1));
      assertThat(users.counter("deadLetters")).isEqualTo(1);
      assertThat(users.stateEntries()).isZero();
    }
  }

  /** Not only close: what is stored is what is computed with. */
  @ParameterizedTest
  @CsvSource({"hashmap, 50", "rocksdb, 3"})
  void aRestoreChangesNoBitOfAnyVector(String backend, int seeds) throws Exception {
    for (long seed = 0; seed < seeds; seed++) {
      List<EnrichedInteraction> events = new ArrayList<>();
      Random random = new Random(seed);
      for (int i = 0; i < 60; i++) {
        String type = random.nextInt(3) == 0 ? "click" : "view";
        events.add(event("u" + random.nextInt(3), "x", type, 20 * i + random.nextInt(100)));
      }
      List<FeatureVector> whole;
      try (var users = features(FeatureKeys::user, backend, CONFIG).open()) {
        for (EnrichedInteraction event : events) {
          users.send(event);
        }
        whole = users.output();
      }
      int cut = random.nextInt(events.size());
      List<FeatureVector> parts = new ArrayList<>();
      OperatorSubtaskState snapshot;
      try (var before = features(FeatureKeys::user, backend, CONFIG).open()) {
        for (EnrichedInteraction event : events.subList(0, cut)) {
          before.send(event);
        }
        parts.addAll(before.output());
        snapshot = before.snapshot();
      }
      try (var after = features(FeatureKeys::user, backend, CONFIG).restore(snapshot)) {
        for (EnrichedInteraction event : events.subList(cut, events.size())) {
          after.send(event);
        }
        parts.addAll(after.output());
        after.watermark(10 * TTL);
        assertThat(after.stateEntries() + after.timers()).as("seed %d", seed).isZero();
      }
      assertThat(parts).as("seed %d", seed).isEqualTo(whole);
    }
  }

  @Test
  void featuresOfAnotherConfigStartAnewAndAreCounted() throws Exception {
    OperatorSubtaskState snapshot;
    try (var before = features(FeatureKeys::user).open()) {
      before.send(event("a", "x", "view", 1));
      snapshot = before.snapshot();
    }
    FeatureConfig other =
        FeatureConfig.builder().count("views", DecayedCount.NEVER, "view").build();
    try (var after = features(FeatureKeys::user, "hashmap", other).restore(snapshot)) {
      after.send(event("a", "x", "view", 2));
      after.send(event("a", "x", "view", 3));
      assertThat(after.output()).extracting(vector -> vector.values()[0]).containsExactly(1f, 2f);
      assertThat(after.counter("replacedStates")).isEqualTo(1);
    }
  }

  @Test
  void keysTakeTheirFeaturesAlongWhenParallelismChanges() throws Exception {
    OperatorSubtaskState one;
    try (var single = features(FeatureKeys::user).open()) {
      for (int user = 0; user < 20; user++) {
        single.send(event("u" + user, "x", "view", 0));
      }
      one = single.snapshot();
    }
    OperatorSubtaskState[] two = new OperatorSubtaskState[2];
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var half =
          features(FeatureKeys::user, "hashmap", CONFIG, 2, subtask)
              .restore(Harnesses.rescaled(2, subtask, one))) {
        for (int user = 0; user < 20; user++) {
          if (Harnesses.subtaskOf("u" + user, 2) == subtask) {
            half.send(event("u" + user, "x", "view", 1_000));
          }
        }
        assertThat(half.output())
            .isNotEmpty()
            .allSatisfy(vector -> assertThat(vector.values()[0]).isCloseTo(1.5f, within(1e-6f)));
        two[subtask] = half.snapshot();
      }
    }
    try (var single = features(FeatureKeys::user).restore(Harnesses.rescaled(1, 0, two))) {
      for (int user = 0; user < 20; user++) {
        single.send(event("u" + user, "x", "view", 2_000));
      }
      assertThat(single.output())
          .hasSize(20)
          .allSatisfy(vector -> assertThat(vector.values()[0]).isCloseTo(1.75f, within(1e-6f)));
    }
  }

  private static EnrichedInteraction event(String user, String item, String type, long millis) {
    return EnrichedInteraction.of(new Interaction(user, item, type, 1, millis));
  }

  private static Harnesses.Keyed<String, EnrichedInteraction, FeatureVector> features(
      KeySelector<EnrichedInteraction, String> key) throws Exception {
    return features(key, "hashmap", CONFIG);
  }

  private static Harnesses.Keyed<String, EnrichedInteraction, FeatureVector> features(
      KeySelector<EnrichedInteraction, String> key, String backend, FeatureConfig config)
      throws Exception {
    return features(key, backend, config, 1, 0);
  }

  private static Harnesses.Keyed<String, EnrichedInteraction, FeatureVector> features(
      KeySelector<EnrichedInteraction, String> key,
      String backend,
      FeatureConfig config,
      int parallelism,
      int subtask)
      throws Exception {
    return Harnesses.keyed(
        new FeatureFunction(config), key, Types.STRING, backend, parallelism, subtask);
  }
}
