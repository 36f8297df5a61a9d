/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.event.Attributes;
import io.github.flinkrecsys.core.event.Features;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import io.github.flinkrecsys.core.replica.ReplicaConfig;
import io.github.flinkrecsys.operators.factorization.FlushSettings;
import io.github.flinkrecsys.operators.factorization.ModelSettings;
import io.github.flinkrecsys.operators.testing.DeltaSums;
import io.github.flinkrecsys.operators.testing.Harnesses;
import io.github.flinkrecsys.operators.testing.RecommenderHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemReplicaFunctionTest {
  private static final ModelSettings MODEL = model(100);
  private static final long ELSEWHERE = 12345;

  @AfterEach
  void everyReplicaWasGivenBack() {
    assertThat(SharedReplica.inUse()).isZero();
  }

  @Test
  void whatThisTaskManagerLearnedIsNotAddedAgainAndWhatOthersLearnedIsAddedOnce() throws Exception {
    int[] first = {0};
    int[] second = {1};
    try (var here = RecommenderHarness.openSome(MODEL, 2, first);
        var there = RecommenderHarness.openSome(MODEL, 2, second)) {
      var usersHere = here.userFactors(0).open();
      var usersThere = there.userFactors(1).open();
      for (int n = 0; n < 30; n++) {
        usersHere.send(Interaction.click(Harnesses.keyOf(0, 2, n % 3), "i" + n % 7, n));
        usersThere.send(Interaction.click(Harnesses.keyOf(1, 2, n % 3), "i" + n % 5, n));
      }
      List<ItemDeltas> sent = new ArrayList<>();
      for (var users : List.of(usersHere, usersThere)) {
        users.watermark(Long.MAX_VALUE);
        sent.addAll(users.output());
      }
      float[] before = here.row("i6");
      here.broadcast(ReplicaUpdate.of(usersHere.output().get(0)));
      assertThat(here.row("i6")).containsExactly(before);
      assertThat(here.writer(0).counter("foreignItems")).isZero();
      there.broadcast(ReplicaUpdate.of(usersHere.output().get(0)));
      for (var taskManager : List.of(here, there)) {
        taskManager.broadcast(ReplicaUpdate.of(usersThere.output().get(0)));
        new DeltaSums(MODEL.replica().items()).add(sent).assertEqualTo(taskManager);
      }
      for (int n = 0; n < 7; n++) {
        assertThat(here.items().popularity(here.items().slot("i" + n)))
            .isCloseTo(there.items().popularity(there.items().slot("i" + n)), within(1e-9));
      }
    }
  }

  @Test
  void ofSeveralWritersInOneProcessOnlyTheLeaderAdds() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 3)) {
      List<ItemDeltas> batches = batches(3);
      for (ItemDeltas batch : batches) {
        taskManager.broadcast(ReplicaUpdate.of(batch));
      }
      new DeltaSums(MODEL.replica().items()).add(batches).assertEqualTo(taskManager);
      assertThat(taskManager.writer(0).counter("foreignItems")).isEqualTo(60);
      assertThat(taskManager.writer(1).counter("foreignItems")).isZero();
      assertThat(taskManager.items().ratingMean().get()).isCloseTo(3.5f, within(1e-6f));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "2, 1", "2, 3"})
  void aRestoredReplicaHoldsEverythingThatWasReceived(int before, int after) throws Exception {
    List<ItemDeltas> received = new ArrayList<>(batches(5));
    OperatorSubtaskState[] snapshots;
    double[] popularity = new double[40];
    try (var taskManager = RecommenderHarness.open(MODEL, before)) {
      var users = taskManager.userFactors(0).open();
      for (int n = 0; n < 50; n++) {
        users.send(Interaction.click(Harnesses.keyOf(0, before, n % 3), "i" + n % 40, n));
      }
      users.watermark(Long.MAX_VALUE);
      received.addAll(users.output());
      for (ItemDeltas batch : received) {
        taskManager.broadcast(ReplicaUpdate.of(batch));
      }
      for (int n = 0; n < 40; n++) {
        taskManager.broadcast(ReplicaUpdate.of(metadata("i" + n, "old", 1)));
        taskManager.broadcast(ReplicaUpdate.of(metadata("i" + n, "new", 2)));
        popularity[n] = taskManager.items().popularity(taskManager.items().slot("i" + n));
      }
      snapshots = taskManager.writerSnapshots();
    }
    // A second checkpoint right after the first restore must say the same.
    try (var taskManager = RecommenderHarness.open(MODEL, after, snapshots)) {
      snapshots = taskManager.writerSnapshots();
    }
    try (var taskManager = RecommenderHarness.open(MODEL, before, snapshots)) {
      new DeltaSums(MODEL.replica().items()).add(received).assertEqualTo(taskManager);
      assertThat(taskManager.items().ratingMean().get()).isCloseTo(3.5f, within(1e-6f));
      for (int n = 0; n < 40; n++) {
        int slot = taskManager.items().slot("i" + n);
        assertThat(taskManager.items().popularity(slot)).isCloseTo(popularity[n], within(1e-9));
        assertThat(taskManager.items().metadata(slot)).isEqualTo(metadata("i" + n, "new", 2));
      }
    }
  }

  @Test
  void updatesAfterARestoreAreAddedToWhatWasRestored() throws Exception {
    List<ItemDeltas> received = batches(4);
    OperatorSubtaskState[] snapshots;
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      taskManager.broadcast(ReplicaUpdate.of(received.get(0)));
      taskManager.broadcast(ReplicaUpdate.of(received.get(1)));
      snapshots = taskManager.writerSnapshots();
    }
    try (var taskManager = RecommenderHarness.open(MODEL, 2, snapshots)) {
      taskManager.broadcast(ReplicaUpdate.of(received.get(2)));
      taskManager.broadcast(ReplicaUpdate.of(received.get(3)));
      new DeltaSums(MODEL.replica().items()).add(received).assertEqualTo(taskManager);
      snapshots = taskManager.writerSnapshots();
    }
    try (var taskManager = RecommenderHarness.open(MODEL, 1, snapshots)) {
      new DeltaSums(MODEL.replica().items()).add(received).assertEqualTo(taskManager);
    }
  }

  @Test
  void olderMetadataThatComeLateReplaceNothing() throws Exception {
    OperatorSubtaskState[] snapshots;
    try (var taskManager = RecommenderHarness.open(MODEL, 2)) {
      taskManager.broadcast(ReplicaUpdate.of(metadata("a", "new", 2)));
      taskManager.broadcast(ReplicaUpdate.of(metadata("a", "old", 1)));
      assertThat(taskManager.items().metadata(0)).isEqualTo(metadata("a", "new", 2));
      snapshots = taskManager.writerSnapshots();
    }
    try (var taskManager = RecommenderHarness.open(MODEL, 1, snapshots)) {
      assertThat(taskManager.items().metadata(0)).isEqualTo(metadata("a", "new", 2));
    }
  }

  @Test
  void metadataOfItemsBeyondTheBoundAreCounted() throws Exception {
    try (var taskManager = RecommenderHarness.open(model(2), 1)) {
      for (String item : List.of("a", "b", "c")) {
        taskManager.broadcast(ReplicaUpdate.of(metadata(item, "t", 1)));
      }
      assertThat(taskManager.itemIds()).containsExactly("a", "b");
      assertThat(taskManager.writer(0).counter("itemsNotAdmitted")).isEqualTo(1);
    }
  }

  @Test
  void sumsOfAnotherShapeAreRefusedAndTheReplicaIsGivenBack() throws Exception {
    OperatorSubtaskState[] snapshots;
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      taskManager.broadcast(ReplicaUpdate.of(batches(1).get(0)));
      snapshots = taskManager.writerSnapshots();
    }
    ModelSettings other =
        ModelSettings.builder("m").factors(FactorConfig.pairwise().factors(9).build()).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RecommenderHarness.open(other, 1, snapshots))
        .withMessage("factors must be what the deltas were written with, 4, got 9");
  }

  /** Sums of 20 of 40 items each, and ratings with a mean of 3.5. */
  private static List<ItemDeltas> batches(int count) {
    ReplicaConfig items = MODEL.replica().items();
    Random random = new Random(count);
    List<ItemDeltas> batches = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      String[] ids = new String[20];
      float[] values = new float[20 * (items.factors() + 1)];
      long[] updates = new long[20];
      double[] popularity = new double[20];
      for (int i = 0; i < 20; i++) {
        ids[i] = "i" + (i + 20 * (n % 2));
        updates[i] = random.nextInt(5);
        popularity[i] = i == 0 ? DecayedCount.EMPTY : MODEL.popularity().of(1, n);
      }
      for (int v = 0; v < values.length; v++) {
        values[v] = random.nextFloat() - 0.5f;
      }
      batches.add(new ItemDeltas(ELSEWHERE, 0, ids, values, updates, popularity, 7, 2));
    }
    return batches;
  }

  private static ItemMetadata metadata(String itemId, String title, long timestampMillis) {
    Attributes attributes =
        new Attributes(new String[] {"title"}, new String[] {title + " " + itemId});
    return new ItemMetadata(itemId, attributes, Features.NONE, timestampMillis);
  }

  private static ModelSettings model(int maxItems) {
    return ModelSettings.builder("m")
        .factors(FactorConfig.pairwise().factors(4).negatives(2).build())
        .flush(new FlushSettings(1_000, Duration.ofMillis(50)))
        .maxItems(maxItems)
        .build();
  }
}
