/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.flinkrecsys.core.graph.Edges;
import io.github.flinkrecsys.core.graph.GraphConfig;
import io.github.flinkrecsys.core.graph.GraphNode;
import io.github.flinkrecsys.core.graph.NodeEdges;
import io.github.flinkrecsys.core.graph.WalkConfig;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.operators.testing.Harnesses;
import io.github.flinkrecsys.operators.testing.Slot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdjacencyFunctionTest {
  private static final GraphConfig GRAPH =
      GraphConfig.builder()
          .window(Duration.ofMillis(1_000))
          .edgesPerUser(3)
          .edgesPerItem(4)
          .build();
  private static final WalkConfig WALK = WalkConfig.builder().maxLength(2).restart(0.5).build();

  private static Harnesses.Connected<GraphEdge, Walkers, Walkers> subtask(
      NodeKind kind, String backend, int parallelism, int subtask) throws Exception {
    return Harnesses.connected(
        new AdjacencyFunction(kind, GRAPH, WALK),
        edge -> kind == NodeKind.USER ? edge.user() : edge.item(),
        Walkers::node,
        Types.LONG,
        backend,
        new Slot(new JobID(), parallelism, subtask));
  }

  private static GraphEdge edge(long user, String itemId, long millis) {
    return new GraphEdge(user, Hashes.hash(itemId), itemId, Edges.stamp(millis, 1));
  }

  private static Walkers at(long node, long previous, int step, int count, long millis) {
    WalkOrigin origin = new WalkOrigin("r", "asks", 99, 10, millis, "start", 50);
    return new Walkers(origin, node, previous, step, count);
  }

  private static Map<Long, Integer> counts(List<Walkers> walkers) {
    return walkers.stream().collect(Collectors.toMap(Walkers::node, Walkers::count, Integer::sum));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void walkersGoWhereTheEdgesOfTheirOwnNodeLead(String backend) throws Exception {
    try (var items = subtask(NodeKind.ITEM, backend, 1, 0)) {
      items.open();
      long shoes = Hashes.hash("shoes");
      items.send1(edge(1, "shoes", 100));
      items.send1(edge(7, "laces", 100));
      items.send1(edge(2, "shoes", 200));
      items.send1(edge(99, "shoes", 250));
      items.send2(at(shoes, shoes, 0, 50, 300));
      assertThat(counts(items.output()).keySet())
          .as("neither another item's users nor the one who asks")
          .containsExactlyInAnyOrder(1L, 2L);
      assertThat(items.output().stream().mapToInt(Walkers::count).sum()).isEqualTo(50);
      assertThat(items.output()).allSatisfy(w -> assertThat(w.previous()).isEqualTo(shoes));
    }
  }

  @Test
  void aStepEndsAtTheUserAndEveryWalkIsAccountedFor() throws Exception {
    try (var users = subtask(NodeKind.USER, "hashmap", 1, 0)) {
      users.open();
      users.send1(edge(1, "shoes", 100));
      users.send1(edge(1, "laces", 110));
      users.send1(edge(1, "polish", 120));
      long shoes = Hashes.hash("shoes");
      users.send2(at(1, shoes, 0, 1_000, 300));
      List<WalkVisit> visits = users.sideOutput(AdjacencyFunction.VISITS);
      assertThat(visits).extracting(WalkVisit::itemId).containsOnly("laces", "polish");
      assertThat(visits.stream().mapToInt(WalkVisit::visits).sum()).isEqualTo(1_000);
      int goOn = users.output().stream().mapToInt(Walkers::count).sum();
      assertThat(goOn).as("restart is 0.5").isBetween(440, 560);
      assertThat(visits.stream().mapToInt(WalkVisit::ended).sum()).isEqualTo(1_000 - goOn);
      assertThat(users.output()).allSatisfy(w -> assertThat(w.step()).isEqualTo(1));
    }
  }

  @Test
  void walksOfFullLengthAndThoseWithoutAWayEnd() throws Exception {
    try (var users = subtask(NodeKind.USER, "hashmap", 1, 0)) {
      users.open();
      users.send1(edge(1, "shoes", 100));
      users.send1(edge(1, "laces", 110));
      users.send2(at(1, Hashes.hash("shoes"), 1, 8, 300));
      users.send2(at(5, Hashes.hash("shoes"), 0, 3, 300));
      assertThat(users.output()).isEmpty();
      assertThat(users.sideOutput(AdjacencyFunction.VISITS))
          .extracting(WalkVisit::itemId, WalkVisit::visits, WalkVisit::ended)
          .containsExactly(tuple("laces", 8, 8), tuple("", 0, 3));
    }
  }

  @Test
  void survivesARestoreAndARescale() throws Exception {
    OperatorSubtaskState snapshot;
    try (var before = subtask(NodeKind.USER, "hashmap", 1, 0)) {
      before.open();
      for (long user = 0; user < 20; user++) {
        for (int n = 0; n < 5; n++) {
          before.send1(edge(user, "i" + n, 100 + n));
        }
      }
      snapshot = before.snapshot();
    }
    int nodes = 0;
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var after = subtask(NodeKind.USER, "hashmap", 2, subtask)) {
        after.restore(Harnesses.rescaled(2, subtask, snapshot));
        for (long user = 0; user < 20; user++) {
          if (Harnesses.subtaskOf(user, 2) == subtask) {
            after.send1(edge(user, "late", 102));
            after.send1(edge(user, "new", 110));
          }
        }
        after.watermark(Long.MAX_VALUE);
        for (GraphNode node : after.sideOutput(AdjacencyFunction.NODES)) {
          nodes++;
          assertThat(node.neighbors())
              .as("the newest three of user %d", node.node())
              .containsExactly(Hashes.hash("i3"), Hashes.hash("i4"), Hashes.hash("new"));
        }
      }
    }
    assertThat(nodes).isEqualTo(20);
  }

  @Test
  void lateEdgesCountWhileTheyAreInTheWindowAndStateIsFreedAfterIt() throws Exception {
    try (var users = subtask(NodeKind.USER, "hashmap", 1, 0)) {
      users.open();
      users.send1(edge(1, "a", 5_000));
      users.watermark(5_500);
      users.send1(edge(1, "late", 4_600));
      users.send1(edge(1, "too-late", 4_000));
      users.send1(edge(2, "too-late", 4_500));
      assertThat(users.counter("expiredEdges")).isEqualTo(2);
      users.send2(at(1, Hashes.hash("a"), 1, 5, 5_500));
      assertThat(users.sideOutput(AdjacencyFunction.VISITS))
          .extracting(WalkVisit::itemId)
          .containsExactly("late");
      users.send1(edge(1, "b", 5_900));
      users.watermark(6_899);
      assertThat(users.stateEntries()).isEqualTo(1);
      users.watermark(6_900);
      assertThat(users.stateEntries()).isZero();
      assertThat(users.timers()).isZero();
      assertThat(users.counter("keysFreed")).isEqualTo(1);
    }
  }

  @Test
  void aNodeWithManyEdgesIsBounded() throws Exception {
    try (var items = subtask(NodeKind.ITEM, "hashmap", 1, 0)) {
      items.open();
      for (int n = 0; n < 20_000; n++) {
        items.send1(edge(n, "hot", 100 + n / 100));
        items.send1(edge(n, "hot", 100 + n / 100));
      }
      items.watermark(Long.MAX_VALUE);
      assertThat(items.sideOutput(AdjacencyFunction.NODES).get(0).neighbors())
          .containsExactly(19_996, 19_997, 19_998, 19_999);
    }
  }

  @Test
  void typesAreSerializedWithoutKryo() {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(NodeEdges.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(WalkProgress.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(GraphEdge.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(GraphNode.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(Walkers.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(WalkVisit.class);
  }
}
