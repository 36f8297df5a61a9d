/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import io.github.flinkrecsys.operators.factorization.ModelSettings;
import io.github.flinkrecsys.operators.factorization.UserFactorFunction;
import io.github.flinkrecsys.operators.testing.Harnesses;
import io.github.flinkrecsys.operators.testing.RecommenderHarness;
import io.github.flinkrecsys.operators.testing.Slot;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedReplicaTest {
  private static final ModelSettings MODEL = model("m", 4, ReplicaScope.TASK_MANAGER);

  @AfterEach
  void everyReplicaWasGivenBack() {
    assertThat(SharedReplica.inUse()).isZero();
  }

  @Test
  void aReaderWithoutAWriterFailsWithTheReason() throws Exception {
    try (var users = users(MODEL, Slot.alone())) {
      assertThatIllegalStateException()
          .isThrownBy(users::open)
          .withMessageStartingWith(
              "the replica of model m must be ready within PT0.05S, and is not in this task"
                  + " manager: the item replica operator must run here too");
    }
  }

  @Test
  void aReaderOfAnotherJobOrModelHasNoWriter() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1);
        var otherJob = users(MODEL, Slot.alone());
        var otherModel = users(model("n", 4, ReplicaScope.TASK_MANAGER), taskManager.slot(0))) {
      assertThatIllegalStateException()
          .isThrownBy(otherJob::open)
          .withMessageContaining("of model m must be ready");
      assertThatIllegalStateException()
          .isThrownBy(otherModel::open)
          .withMessageContaining("of model n must be ready");
    }
  }

  @Test
  void jobsDoNotSeeEachOthersItems() throws Exception {
    try (var one = RecommenderHarness.open(MODEL, 1);
        var two = RecommenderHarness.open(MODEL, 1)) {
      assertThat(SharedReplica.inUse()).isEqualTo(2);
      one.userFactors(0).open().send(Interaction.click("u", "a", 0));
      two.userFactors(0).open().send(Interaction.click("u", "b", 0));
      assertThat(one.itemIds()).containsExactly("a");
      assertThat(two.itemIds()).containsExactly("b");
    }
  }

  @Test
  void modelsOfAJobDoNotSeeEachOthersItems() throws Exception {
    ModelSettings other = model("n", 4, ReplicaScope.TASK_MANAGER);
    try (var taskManager = RecommenderHarness.open(MODEL, 1);
        var writer =
            Harnesses.plain(new ItemReplicaFunction(other.replica()), taskManager.slot(0));
        var users = users(other, taskManager.slot(0))) {
      writer.start();
      users.open().send(Interaction.click("u", "a", 0));
      assertThat(SharedReplica.inUse()).isEqualTo(2);
      assertThat(taskManager.itemIds()).isEmpty();
    }
  }

  @Test
  void anotherParallelismThanTheWritersIsRefused() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      try (var users = users(MODEL, new Slot(taskManager.slot(0).job(), 2, 0))) {
        assertThatIllegalStateException()
            .isThrownBy(users::open)
            .withMessageStartingWith("parallelism of ")
            .withMessageContaining(" (1), with which it shares the replica of model m, got 2");
      }
      assertThat(SharedReplica.inUse()).isEqualTo(1);
    }
  }

  @Test
  void anotherShapeThanTheWritersIsRefused() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1);
        var users = users(model("m", 5, ReplicaScope.TASK_MANAGER), taskManager.slot(0))) {
      assertThatIllegalStateException()
          .isThrownBy(users::open)
          .withMessageStartingWith("items of model m must be the same for all its operators");
    }
  }

  @Test
  void anotherHalfLifeThanTheWritersIsRefused() throws Exception {
    ModelSettings other = settings("m", 4).popularityHalfLife(Duration.ofHours(1)).build();
    try (var taskManager = RecommenderHarness.open(MODEL, 1);
        var users = users(other, taskManager.slot(0))) {
      assertThatIllegalStateException()
          .isThrownBy(users::open)
          .withMessageStartingWith("decay of model m must be the same for all its operators");
    }
  }

  @Test
  void aSecondReaderOfASubtaskIsRefusedAndTheFirstGoesOn() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var first = taskManager.userFactors(0).open();
      try (var second = users(MODEL, taskManager.slot(0))) {
        assertThatIllegalStateException()
            .isThrownBy(second::open)
            .withMessageStartingWith(
                "the replica of model m must have one learner per subtask, got a second");
      }
      first.send(Interaction.click("u", "a", 0));
      assertThat(taskManager.itemIds()).containsExactly("a");
    }
  }

  @Test
  void allSubtasksOfAProcessShareOneReplicaUnlessEachIsToHaveItsOwn() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 2)) {
      assertThat(SharedReplica.inUse()).isEqualTo(1);
      learnInBoth(taskManager);
      assertThat(taskManager.itemIds()).containsExactly("a", "b");
    }
    try (var taskManager = RecommenderHarness.open(model("m", 4, ReplicaScope.SUBTASK), 2)) {
      assertThat(SharedReplica.inUse()).isEqualTo(2);
      learnInBoth(taskManager);
      assertThat(taskManager.itemIds()).containsExactly("a");
    }
  }

  private static void learnInBoth(RecommenderHarness taskManager) throws Exception {
    String[] items = {"a", "b"};
    for (int subtask = 0; subtask < 2; subtask++) {
      String user = Harnesses.keyOf(subtask, 2, 0);
      taskManager.userFactors(subtask).open().send(Interaction.click(user, items[subtask], 0));
    }
  }

  @Test
  void aReplicaLivesAsLongAsOneSubtaskUsesIt() throws Exception {
    Harnesses.Keyed<String, Interaction, ItemDeltas> users;
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      users = users(MODEL, taskManager.slot(0)).open();
    }
    assertThat(SharedReplica.inUse()).isEqualTo(1);
    users.close();
  }

  private static Harnesses.Keyed<String, Interaction, ItemDeltas> users(
      ModelSettings model, Slot slot) throws Exception {
    return Harnesses.keyed(
        new UserFactorFunction(model, false), Interaction::userId, Types.STRING, "hashmap", slot);
  }

  private static ModelSettings model(String name, int factors, ReplicaScope scope) {
    return settings(name, factors).scope(scope).build();
  }

  private static ModelSettings.Builder settings(String name, int factors) {
    return ModelSettings.builder(name)
        .factors(FactorConfig.pairwise().factors(factors).negatives(2).build())
        .readyTimeout(Duration.ofMillis(50));
  }
}
