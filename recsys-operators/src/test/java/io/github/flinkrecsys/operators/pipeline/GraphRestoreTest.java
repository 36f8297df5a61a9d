/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.graph.Edges;
import io.github.flinkrecsys.core.graph.GraphConfig;
import io.github.flinkrecsys.core.graph.GraphEdges;
import io.github.flinkrecsys.core.graph.GraphNode;
import io.github.flinkrecsys.core.graph.InteractionGraph;
import io.github.flinkrecsys.core.ranking.BlendConfig;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.core.ranking.Sources;
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
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The graph across checkpoints, parallelisms and task managers. */
class GraphRestoreTest {
  private static final ModelSettings MODEL =
      ModelSettings.builder("m")
          .factors(FactorConfig.pairwise().factors(4).negatives(3).build())
          .graph(
              GraphConfig.builder()
                  .window(Duration.ofDays(1))
                  .edgesPerUser(6)
                  .edgesPerItem(5)
                  .build())
          .flush(new FlushSettings(16, Duration.ofMillis(50)))
          .build();

  private static final ServingSettings SERVING =
      ServingSettings.onUpdate(
          RankingConfig.builder()
              .blend(
                  BlendConfig.builder()
                      .weight(Sources.GRAPH_WALK, 5)
                      .weight(Sources.FACTORS, 0)
                      .weight(Sources.POPULARITY, 0)
                      .build())
              .build());
  private static final List<Interaction> STREAM = SampleStream.of(6, 300, 12, 40);
  private static final int HALF = 150;

  private final List<ReplicaUpdate> sent = new ArrayList<>();
  private final Set<ReplicaUpdate> delivered = new HashSet<>();

  @AfterEach
  void everyReplicaWasGivenBack() {
    assertThat(SharedReplica.inUse()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "2, 1", "2, 2"})
  void noEdgeIsLost(int before, int after) throws Exception {
    OperatorSubtaskState[] writers;
    OperatorSubtaskState[] users = new OperatorSubtaskState[before];
    try (var taskManager = RecommenderHarness.open(MODEL, before)) {
      var subtasks = openUsers(taskManager, before);
      send(STREAM.subList(0, HALF), subtasks, taskManager);
      assertThat(nodes(taskManager.graph())).isEqualTo(expected(HALF));
      writers = taskManager.writerSnapshots();
      for (int i = 0; i < before; i++) {
        users[i] = subtasks.get(i).snapshot();
      }
    }
    assertThat(sent.stream().anyMatch(update -> update.edges() != null))
        .as("some must have been sent before the checkpoint")
        .isTrue();
    try (var taskManager = RecommenderHarness.open(MODEL, after, writers)) {
      var subtasks = openUsers(taskManager, after, users);
      assertThat(nodes(taskManager.graph())).isEqualTo(expected(HALF));
      send(STREAM.subList(HALF, 300), subtasks, taskManager);
      for (var subtask : subtasks) {
        subtask.watermark(Long.MAX_VALUE);
        deliver(subtask, taskManager);
      }
      writers = taskManager.writerSnapshots();
    }
    // Now nothing is pending: the writers' shares alone are the whole.
    try (var taskManager = RecommenderHarness.open(MODEL, after, writers)) {
      assertThat(nodes(taskManager.graph())).isEqualTo(expected(300));
      assertThat(taskManager.writer(0).gauge("graphEdges"))
          .isEqualTo(taskManager.graph().edgeCount());
      assertThat((long) taskManager.writer(0).gauge("graphBytes")).isPositive();
    }
  }

  @Test
  void anotherTaskManagerHearsOfEveryEdge() throws Exception {
    try (var here = RecommenderHarness.open(MODEL, 1);
        var there = RecommenderHarness.openSome(MODEL, 2, new int[] {1})) {
      var subtasks = openUsers(here, 1);
      send(STREAM, subtasks, here);
      subtasks.get(0).watermark(Long.MAX_VALUE);
      deliver(subtasks.get(0), here);
      for (ReplicaUpdate update : sent) {
        there.broadcast(update);
      }
      assertThat(nodes(there.graph())).isEqualTo(expected(300));
    }
  }

  @Test
  void aCheckpointHasWhatLiesBeforeItsOwnBarrierThoughTheLeaderLags() throws Exception {
    GraphEdges edges =
        new GraphEdges(77, new long[] {1, 2}, new long[] {11, 12}, new long[] {at(5), at(6)});
    OperatorSubtaskState[] writers = new OperatorSubtaskState[2];
    try (var taskManager = RecommenderHarness.open(MODEL, 2)) {
      taskManager.writer(1).send(ReplicaUpdate.of(edges));
      writers[1] = taskManager.writer(1).snapshot();
      taskManager.writer(0).send(ReplicaUpdate.of(edges));
      writers[0] = taskManager.writer(0).snapshot();
    }
    try (var taskManager = RecommenderHarness.open(MODEL, 1, writers)) {
      assertThat(taskManager.graph().nodes(0, 1)).hasSize(4);
    }
  }

  @Test
  void walksExplainWhatTheyBring() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users = openUsers(taskManager, 1).get(0);
      for (String user : List.of("a", "b", "c")) {
        users.send1(Interaction.click(user, "shoes", 1_000));
        users.send1(Interaction.click(user, "laces", 2_000));
      }
      users.send1(Interaction.click("d", "shoes", 3_000));
      users.send2(UserInput.of(new RecommendationRequest("d", 1, null, 4_000)));
      RecommendationList list = users.output().get(users.output().size() - 1);
      assertThat(list.items())
          .extracting(ScoredItem::itemId, ScoredItem::source, ScoredItem::becauseItemId)
          .containsExactly(tuple("laces", "graph-walk", "shoes"));
    }
  }

  @Test
  void aRequestByItemsGoesNeitherThroughWhoAsksNorFromWhatTheyHave() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users = openUsers(taskManager, 1).get(0);
      for (String user : List.of("a", "b", "c")) {
        users.send1(Interaction.click(user, "shoes", 1_000));
        users.send1(Interaction.click(user, "laces", 2_000));
      }
      users.send1(Interaction.click("d", "shoes", 3_000));
      users.send1(Interaction.click("d", "hat", 3_000));
      users.send1(Interaction.click("e", "hat", 3_000));
      users.send1(Interaction.click("e", "scarf", 3_000));
      assertThat(walked(users, "d", "shoes"))
          .as("only d leads from shoes to the hat, and so on to the scarf")
          .containsExactly("laces");
      assertThat(walked(users, "", "shoes"))
          .as("others go through d")
          .contains("laces", "hat", "scarf");
      assertThat(walked(users, "d", "not-known")).as("not from what d has").isEmpty();
    }
  }

  private static List<String> walked(
      Harnesses.Connected<Interaction, UserInput, RecommendationList> users,
      String user,
      String item)
      throws Exception {
    users.send2(
        UserInput.of(new RecommendationRequest(user, 10, null, new String[] {item}, false, 4_000)));
    RecommendationList list = users.output().get(users.output().size() - 1);
    return Arrays.stream(list.items())
        .filter(scored -> scored.source().equals(Sources.GRAPH_WALK))
        .map(ScoredItem::itemId)
        .toList();
  }

  private static long at(long millis) {
    return Edges.stamp(millis, 1);
  }

  private static Map<String, GraphNode> nodes(InteractionGraph graph) {
    Map<String, GraphNode> nodes = new HashMap<>();
    graph.nodes(0, 1).forEach(node -> nodes.put(node.isUser() + " " + node.node(), node));
    return nodes;
  }

  private static Map<String, GraphNode> expected(int events) {
    InteractionGraph graph = new InteractionGraph(MODEL.replica().graph());
    for (Interaction event : STREAM.subList(0, events)) {
      float weight = MODEL.factors().confidence().of(event.type());
      graph.add(
          Hashes.hash(event.userId()),
          Hashes.hash(event.itemId()),
          Edges.stamp(event.timestampMillis(), weight));
    }
    return nodes(graph);
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
    List<ReplicaUpdate> updates =
        new ArrayList<>(subtask.sideOutput(RecommenderFunction.REPLICA_UPDATES));
    subtask
        .sideOutput(RecommenderFunction.ITEM_DELTAS)
        .forEach(deltas -> updates.add(ReplicaUpdate.of(deltas)));
    for (ReplicaUpdate update : updates) {
      if (delivered.add(update)) {
        sent.add(update);
        taskManager.broadcast(update);
      }
    }
  }
}
