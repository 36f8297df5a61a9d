/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.neighbor.ItemNeighbors;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import io.github.flinkrecsys.core.neighbor.RecentItems;
import io.github.flinkrecsys.core.ranking.BlendDeltas;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.util.Hashes;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Neighbours and blend weights across a checkpoint with some of them still unsent. */
class NeighborRestoreTest {
  /** Nothing is crowded out or normalised, so that weights can be counted. */
  private static final ModelSettings MODEL =
      ModelSettings.builder("m")
          .factors(FactorConfig.pairwise().factors(4).negatives(3).build())
          .neighbors(NeighborConfig.builder().exponent(0).build())
          .popularityHalfLife(Duration.ZERO)
          .flush(new FlushSettings(16, Duration.ofMillis(50)))
          .build();

  private static final ServingSettings SERVING =
      ServingSettings.onUpdate(RankingConfig.builder().build());
  private static final List<Interaction> STREAM = SampleStream.of(6, 300, 12, 40);
  private static final int HALF = 150;

  private final List<ReplicaUpdate> updates = new ArrayList<>();
  private final Set<ReplicaUpdate> delivered = new HashSet<>();

  @AfterEach
  void everyReplicaWasGivenBack() {
    assertThat(SharedReplica.inUse()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "2, 1", "2, 2"})
  void everyPairIsCountedOnce(int before, int after) throws Exception {
    OperatorSubtaskState[] writers;
    OperatorSubtaskState[] users = new OperatorSubtaskState[before];
    BlendDeltas blendBefore;
    try (var taskManager = RecommenderHarness.open(MODEL, before)) {
      var subtasks = openUsers(taskManager, before);
      send(STREAM.subList(0, HALF), subtasks, taskManager);
      assertThat(weights(taskManager.items(), taskManager.neighbors())).isEqualTo(expected(HALF));
      writers = taskManager.writerSnapshots();
      for (int i = 0; i < before; i++) {
        users[i] = subtasks.get(i).snapshot();
      }
      blendBefore = taskManager.blend().copy(0);
    }
    assertThat(pairsSent()).as("some must be pending").isBetween(1L, pairs(HALF) - 1);
    try (var taskManager = RecommenderHarness.open(MODEL, after, writers)) {
      var subtasks = openUsers(taskManager, after, users);
      assertThat(weights(taskManager.items(), taskManager.neighbors())).isEqualTo(expected(HALF));
      assertThat(byName(taskManager.blend().copy(0)))
          .allSatisfy(
              (name, value) ->
                  assertThat(value)
                      .as(name)
                      .isCloseTo(byName(blendBefore).get(name), within(1e-9)));
      send(STREAM.subList(HALF, 300), subtasks, taskManager);
      for (var subtask : subtasks) {
        subtask.watermark(Long.MAX_VALUE);
        deliver(subtask, taskManager);
      }
      assertThat(weights(taskManager.items(), taskManager.neighbors())).isEqualTo(expected(300));
      assertThat(pairsSent()).isEqualTo(pairs(300));
      // What the writers would checkpoint now is the whole, though each holds its share only.
      writers = taskManager.writerSnapshots();
    }
    try (var taskManager = RecommenderHarness.open(MODEL, after, writers)) {
      assertThat(weights(taskManager.items(), taskManager.neighbors())).isEqualTo(expected(300));
    }
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
    List<ReplicaUpdate> sent =
        new ArrayList<>(subtask.sideOutput(RecommenderFunction.REPLICA_UPDATES));
    subtask
        .sideOutput(RecommenderFunction.ITEM_DELTAS)
        .forEach(deltas -> sent.add(ReplicaUpdate.of(deltas)));
    for (ReplicaUpdate update : sent) {
      if (delivered.add(update)) {
        updates.add(update);
        taskManager.broadcast(update);
      }
    }
  }

  private long pairsSent() {
    long pairs = 0;
    for (ReplicaUpdate update : updates) {
      if (update.coOccurrences() != null) {
        pairs +=
            update.coOccurrences().sequences().length
                - 2L * update.coOccurrences().confidences().length;
      }
    }
    return pairs;
  }

  private static long pairs(int events) {
    long pairs = 0;
    Map<String, RecentItems> recent = new HashMap<>();
    for (Interaction event : STREAM.subList(0, events)) {
      RecentItems of = recent.computeIfAbsent(event.userId(), u -> new RecentItems());
      pairs += of.count;
      of.add(Hashes.hash(event.itemId()), 50);
    }
    return pairs;
  }

  /** Forward weights by pair, from a loop over the stream. */
  private static Map<String, Long> expected(int events) {
    ItemReplica items = new ItemReplica(MODEL.replica().items());
    ItemNeighbors neighbors =
        new ItemNeighbors(MODEL.replica().neighbors(), items, MODEL.popularity());
    Map<String, RecentItems> recent = new HashMap<>();
    int[] slots = new int[50];
    for (Interaction event : STREAM.subList(0, events)) {
      RecentItems of = recent.computeIfAbsent(event.userId(), u -> new RecentItems());
      int slot = items.admit(event.itemId());
      neighbors.learn(slot, slots, neighbors.slotsOf(of, slots), 1, event.timestampMillis());
      of.add(Hashes.hash(event.itemId()), 50);
    }
    return weights(items, neighbors);
  }

  private static Map<String, Long> weights(ItemReplica items, ItemNeighbors neighbors) {
    Map<String, Long> weights = new TreeMap<>();
    for (int slot = 0; slot < items.size(); slot++) {
      int[] to = new int[items.size()];
      float[] forward = new float[to.length];
      int count = neighbors.read(slot, 0, to, forward, new float[to.length]);
      for (int n = 0; n < count; n++) {
        weights.put(items.id(slot) + ">" + items.id(to[n]), Math.round(1000.0 * forward[n]));
      }
    }
    return weights;
  }

  private static Map<String, Double> byName(BlendDeltas deltas) {
    Map<String, Double> values = new TreeMap<>();
    for (int i = 0; i < deltas.values().length; i++) {
      int sources = deltas.sources().length;
      values.put(i / sources + " " + deltas.sources()[i % sources], deltas.values()[i]);
    }
    return values;
  }
}
