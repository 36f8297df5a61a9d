/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.graph.Edges;
import io.github.flinkrecsys.core.graph.GraphConfig;
import io.github.flinkrecsys.core.graph.GraphNode;
import io.github.flinkrecsys.core.graph.GraphWalk;
import io.github.flinkrecsys.core.graph.InteractionGraph;
import io.github.flinkrecsys.core.graph.NodeEdges;
import io.github.flinkrecsys.core.graph.WalkConfig;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.operators.testing.Harnesses;
import io.github.flinkrecsys.operators.testing.Slot;
import java.time.Duration;
import java.util.Arrays;
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

  /** Nothing is cut off, and walks never begin anew. */
  private static final GraphConfig WIDE =
      GraphConfig.builder().window(Duration.ofMillis(1_000)).build();

  private static final WalkConfig FAR =
      WalkConfig.builder().maxLength(2).restart(Double.MIN_VALUE).build();

  private static Harnesses.Connected<GraphEdge, Walkers, Walkers> subtask(
      NodeKind kind, String backend, int parallelism, int subtask) throws Exception {
    return subtask(kind, GRAPH, WALK, backend, new Slot(new JobID(), parallelism, subtask));
  }

  private static Harnesses.Connected<GraphEdge, Walkers, Walkers> subtask(
      NodeKind kind, GraphConfig graph, WalkConfig walk, String backend, Slot slot)
      throws Exception {
    return Harnesses.connected(
        new AdjacencyFunction(kind, graph, walk),
        edge -> kind == NodeKind.USER ? edge.user() : edge.item(),
        Walkers::node,
        Types.LONG,
        backend,
        slot);
  }

  private static GraphEdge edge(long user, String itemId, long millis) {
    return new GraphEdge(user, Hashes.hash(itemId), itemId, Edges.stamp(millis, 1));
  }

  private static Walkers at(long node, long previous, int step, int count, long millis) {
    WalkOrigin origin = new WalkOrigin("r", "asks", 99, 10, millis, "start", 50);
    return new Walkers(origin, node, previous, 7 + node, step, count);
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
  void twoSubtasksBecomeOne() throws Exception {
    OperatorSubtaskState[] snapshots = new OperatorSubtaskState[2];
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var before = subtask(NodeKind.ITEM, "hashmap", 2, subtask)) {
        before.open();
        for (int item = 0; item < 20; item++) {
          if (Harnesses.subtaskOf(Hashes.hash("i" + item), 2) == subtask) {
            before.send1(edge(item, "i" + item, 100));
            before.send1(edge(item + 100, "i" + item, 110));
          }
        }
        snapshots[subtask] = before.snapshot();
      }
    }
    try (var after = subtask(NodeKind.ITEM, "hashmap", 1, 0)) {
      after.restore(Harnesses.rescaled(1, 0, snapshots));
      for (int item = 0; item < 20; item++) {
        long node = Hashes.hash("i" + item);
        after.send1(edge(item + 200, "i" + item, 120));
        int before = after.output().size();
        after.send2(at(node, node, 0, 60, 300));
        assertThat(counts(after.output().subList(before, after.output().size())).keySet())
            .as("users of item %d", item)
            .containsExactlyInAnyOrder((long) item, item + 100L, item + 200L);
      }
      after.watermark(1_119);
      assertThat(after.stateEntries()).isEqualTo(20);
      after.watermark(1_120);
      assertThat(after.stateEntries()).isZero();
    }
  }

  /**
   * 300 requests of 60 walks each from one item to a hub and on to the items of its heavier users.
   * Visits of different requests must vary as those of independent walks do; walks that share their
   * random numbers come in clumps, by which the variance is several times as large.
   */
  @Test
  void walksThatMeetAtAnItemGoOnIndependently() throws Exception {
    try (var atItems = subtask(NodeKind.ITEM, WIDE, FAR, "hashmap", Slot.alone());
        var atUsers = subtask(NodeKind.USER, WIDE, FAR, "hashmap", Slot.alone())) {
      atItems.open();
      atUsers.open();
      InteractionGraph inMemory = new InteractionGraph(WIDE);
      for (int user = 0; user < 60; user++) {
        for (String item : List.of("start", "hub")) {
          GraphEdge edge = edge(user, item, 100);
          atItems.send1(edge);
          atUsers.send1(edge);
          inMemory.add(edge.user(), edge.item(), edge.stamp());
        }
      }
      for (int user = 100; user < 104; user++) {
        for (String item : List.of("hub", "own" + user)) {
          GraphEdge edge = new GraphEdge(user, Hashes.hash(item), item, Edges.stamp(100, 10));
          atItems.send1(edge);
          atUsers.send1(edge);
          inMemory.add(edge.user(), edge.item(), edge.stamp());
        }
      }
      WalkConfig walk =
          WalkConfig.builder()
              .steps(120)
              .maxLength(2)
              .restart(Double.MIN_VALUE)
              .earlyStop(1_000, 1_000)
              .build();
      GraphWalk walks = new GraphWalk(inMemory, walk);
      long start = Hashes.hash("start");
      long own = Hashes.hash("own101");
      double[] keyed = new double[300];
      double[] memory = new double[300];
      for (int n = 0; n < 300; n++) {
        long asks = 1_000 + n;
        WalkOrigin origin = new WalkOrigin("r" + n, "asks", asks, 10, 300, "start", 60);
        keyed[n] = visitsOf("own101", Walkers.at(origin, 60), atItems, atUsers);
        int request = n;
        walks.walk(
            asks,
            false,
            new long[] {start},
            1,
            300,
            (item, score, because) -> memory[request] += item == own ? score : 0);
      }
      assertThat(mean(keyed)).isCloseTo(mean(memory), within(0.7));
      assertThat(variance(keyed) / variance(memory)).isBetween(0.7, 1.4);
    }
  }

  private static int visitsOf(
      String item,
      Walkers begin,
      Harnesses.Connected<GraphEdge, Walkers, Walkers> atItems,
      Harnesses.Connected<GraphEdge, Walkers, Walkers> atUsers)
      throws Exception {
    List<Walkers> standing = List.of(begin);
    int seen = atUsers.sideOutput(AdjacencyFunction.VISITS).size();
    for (int step = 0; step < 2; step++) {
      standing = gone(gone(standing, atItems), atUsers);
    }
    List<WalkVisit> visits = atUsers.sideOutput(AdjacencyFunction.VISITS);
    return visits.subList(seen, visits.size()).stream()
        .filter(visit -> visit.itemId().equals(item))
        .mapToInt(WalkVisit::visits)
        .sum();
  }

  private static List<Walkers> gone(
      List<Walkers> standing, Harnesses.Connected<GraphEdge, Walkers, Walkers> hop)
      throws Exception {
    int before = hop.output().size();
    for (Walkers walkers : standing) {
      hop.send2(walkers);
    }
    return List.copyOf(hop.output().subList(before, hop.output().size()));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
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
