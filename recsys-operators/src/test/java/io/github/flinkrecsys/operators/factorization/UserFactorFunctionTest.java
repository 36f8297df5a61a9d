/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.factorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.factorization.FactorStep;
import io.github.flinkrecsys.core.factorization.FactorTrainer;
import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.replica.SharedReplica;
import io.github.flinkrecsys.operators.testing.DeltaSums;
import io.github.flinkrecsys.operators.testing.Harnesses;
import io.github.flinkrecsys.operators.testing.RecommenderHarness;
import io.github.flinkrecsys.operators.testing.SampleStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UserFactorFunctionTest {
  private static final FactorConfig FACTORS =
      FactorConfig.pairwise().factors(6).negatives(3).build();
  private static final ModelSettings MODEL = model(1_000);

  @AfterEach
  void everyReplicaWasGivenBack() {
    assertThat(SharedReplica.inUse()).isZero();
  }

  @Test
  void aStepIsInTheReplicaBeforeAnythingIsSent() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users = taskManager.userFactors(0).open();
      users.send(Interaction.click("u", "a", 0));
      users.send(Interaction.click("u", "b", 0));
      assertThat(users.output()).isEmpty();
      assertThat(taskManager.row("a")).isNotEqualTo(nothing().row("a"));
      assertThat(taskManager.row("b")).isNotEqualTo(nothing().row("b"));
      users.watermark(Long.MAX_VALUE);
      assertThat(users.output()).hasSize(1);
      nothing().add(users.output()).assertEqualTo(taskManager);
    }
  }

  @Test
  void learningIsThatOfTheSequentialLoopForEveryUser() throws Exception {
    FactorTrainer trainer = new FactorTrainer(FACTORS);
    ItemReplica items = new ItemReplica(MODEL.replica().items());
    Map<String, float[]> vectors = new HashMap<>();
    Map<String, Integer> steps = new HashMap<>();
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users = taskManager.userFactors(0).open();
      for (Interaction event : SampleStream.of(1, 300, 10, 40)) {
        users.send(event);
        float[] vector = vectors.computeIfAbsent(event.userId(), trainer::newUser);
        int step = steps.merge(event.userId(), 1, Integer::sum);
        int slot = items.admit(event.itemId());
        FactorStep deltas = trainer.train(vector, event.userId(), step - 1, slot, 1f, 1f, items);
        deltas.applyTo(items, DecayedCount.EMPTY);
        List<UserFactor> factors = users.sideOutput(UserFactorFunction.USER_FACTORS);
        assertThat(factors.get(factors.size() - 1))
            .isEqualTo(
                new UserFactor(
                    event.userId(), vector, step, event.itemId(), event.timestampMillis()));
      }
    }
  }

  @Test
  void replicaAndOwnersHoldEveryDeltaOnceHoweverItWasSent() throws Exception {
    try (var taskManager = RecommenderHarness.open(model(7), 1)) {
      var users = taskManager.userFactors(0).open();
      var owners = taskManager.owners().open();
      long clock = 0;
      for (Interaction event : SampleStream.of(2, 400, 10, 40)) {
        users.send(event);
        clock += event.timestampMillis() % 13_000 == 0 ? 50 : 1;
        users.clock(clock);
      }
      users.watermark(Long.MAX_VALUE);
      assertThat(users.output()).hasSizeGreaterThan(5);
      assertThat(users.counter("flushes")).isEqualTo(users.output().size());
      DeltaSums sent = nothing().add(users.output());
      sent.assertEqualTo(taskManager);
      assertThat(sent.updates()).isEqualTo(400);

      sendSplit(users.output(), owners);
      owners.watermark(Long.MAX_VALUE);
      Map<String, ItemFactor> owned = new HashMap<>();
      owners.output().forEach(item -> owned.put(item.itemId(), item));
      assertThat(owned.keySet()).containsExactlyInAnyOrderElementsOf(taskManager.itemIds());
      owned.forEach((id, item) -> assertOwns(item, taskManager.row(id)));
      assertThat(owned.values().stream().mapToLong(ItemFactor::updates).sum()).isEqualTo(400);
    }
  }

  private static void assertOwns(ItemFactor item, float[] row) {
    float[] owned = Arrays.copyOf(item.factors(), row.length);
    owned[row.length - 1] = item.bias();
    assertThat(owned).containsExactly(row, within(DeltaSums.ROUNDING));
  }

  private static void sendSplit(
      List<ItemDeltas> batches, Harnesses.Keyed<String, ItemDelta, ItemFactor> owners)
      throws Exception {
    List<ItemDelta> split = new ArrayList<>();
    Collector<ItemDelta> collector =
        new Collector<>() {
          @Override
          public void collect(ItemDelta delta) {
            split.add(delta);
          }

          @Override
          public void close() {}
        };
    for (ItemDeltas batch : batches) {
      new ItemDeltaSplitter().flatMap(batch, collector);
    }
    for (ItemDelta delta : split) {
      owners.send(delta);
    }
  }

  @Test
  void deltasAreSentAfterSoManyEventsOrMilliseconds() throws Exception {
    try (var taskManager = oneOfTwoTaskManagers(3)) {
      var users = taskManager.userFactors(0).open();
      users.send(Interaction.click("u", "a", 0));
      users.send(Interaction.click("v", "a", 0));
      assertThat(users.output()).isEmpty();
      users.send(Interaction.click("u", "b", 0));
      assertThat(users.output()).hasSize(1);
      users.clock(60);
      users.send(Interaction.click("v", "b", 0));
      users.clock(109);
      assertThat(users.output()).hasSize(1);
      users.clock(110);
      assertThat(users.output()).hasSize(2);
      assertThat(users.clockTimers()).isZero();
    }
  }

  @Test
  void theOnlyTaskManagerWaitsForTheClockAlone() throws Exception {
    try (var taskManager = RecommenderHarness.open(model(3), 1)) {
      var users = taskManager.userFactors(0).open();
      for (int i = 0; i < 10; i++) {
        users.send(Interaction.click("u" + i, "a", 0));
      }
      assertThat(users.output()).isEmpty();
      users.clock(50);
      assertThat(users.output()).hasSize(1);
      assertThat(users.output().get(0).updates()).containsExactly(10);
    }
  }

  /** There is another, which waits for deltas. */
  private static RecommenderHarness oneOfTwoTaskManagers(int maxEvents) throws Exception {
    return RecommenderHarness.openSome(model(maxEvents), 2, new int[] {0});
  }

  @Test
  void aLateInteractionIsLearnedFromLikeOthers() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users = taskManager.userFactors(0).open();
      users.send(Interaction.click("u", "a", 10_000));
      users.watermark(20_000);
      users.send(Interaction.click("u", "b", 5_000));
      assertThat(users.sideOutput(UserFactorFunction.USER_FACTORS))
          .extracting(UserFactor::steps)
          .containsExactly(1L, 2L);
    }
  }

  @Test
  void aSilentUserIsForgottenOneTtlAfterTheNewestEventAndStartsAnew() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users = taskManager.userFactors(0).open();
      users.send(Interaction.click("u", "a", 1_000));
      users.send(Interaction.click("u", "b", 5_000));
      users.send(Interaction.click("u", "c", 3_000));
      users.watermark(64_999);
      assertThat(users.stateEntries()).isEqualTo(1);
      users.watermark(65_000);
      assertThat(users.stateEntries()).isZero();
      assertThat(users.timers()).isZero();
      users.send(Interaction.click("u", "a", 70_000));
      List<UserFactor> factors = users.sideOutput(UserFactorFunction.USER_FACTORS);
      assertThat(factors.get(3).steps()).isEqualTo(1);
    }
  }

  @Test
  void invalidInteractionsAreDeadLettersAndTeachNothing() throws Exception {
    Interaction bad = new Interaction("u", "", "click", 1, 5);
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users = taskManager.userFactors(0).open();
      users.send(bad);
      assertThat(users.sideOutput(DeadLetter.TAG))
          .containsExactly(
              new DeadLetter(
                  "user-factor",
                  "itemId must be a non-empty string, got \"\"",
                  bad.toString(),
                  -1));
      assertThat(users.counter("deadLetters")).isEqualTo(1);
      assertThat(users.stateEntries() + users.timers() + users.clockTimers()).isZero();
      assertThat(taskManager.items().size()).isZero();
    }
  }

  @Test
  void itemsBeyondTheBoundAreCountedAndNotLearned() throws Exception {
    ModelSettings small =
        ModelSettings.builder("m").factors(FACTORS).maxItems(2).flush(flush(1_000)).build();
    try (var taskManager = RecommenderHarness.open(small, 1)) {
      var users = taskManager.userFactors(0).open();
      for (String item : List.of("a", "b", "c")) {
        users.send(Interaction.click("u", item, 0));
      }
      assertThat(users.counter("itemsNotAdmitted")).isEqualTo(1);
      assertThat(taskManager.itemIds()).containsExactly("a", "b");
      assertThat(users.sideOutput(UserFactorFunction.USER_FACTORS).get(2).steps()).isEqualTo(2);
    }
  }

  private static DeltaSums nothing() {
    return new DeltaSums(MODEL.replica().items());
  }

  private static FlushSettings flush(int maxEvents) {
    return new FlushSettings(maxEvents, Duration.ofMillis(50));
  }

  private static ModelSettings model(int maxEvents) {
    return ModelSettings.builder("m")
        .factors(FACTORS)
        .flush(flush(maxEvents))
        .userTtl(Duration.ofMinutes(1))
        .build();
  }
}
