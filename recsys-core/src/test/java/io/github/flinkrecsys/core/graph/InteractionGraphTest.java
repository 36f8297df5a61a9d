/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class InteractionGraphTest {
  private static final Duration WINDOW = Duration.ofMillis(1_000);

  private static GraphConfig.Builder small() {
    return GraphConfig.builder().window(WINDOW).edgesPerUser(5).edgesPerItem(7);
  }

  private static long at(long millis) {
    return Edges.stamp(millis, 1);
  }

  private static Map<String, GraphNode> nodes(InteractionGraph graph) {
    Map<String, GraphNode> nodes = new HashMap<>();
    graph.nodes(0, 1).forEach(node -> nodes.put(node.isUser() + " " + node.node(), node));
    return nodes;
  }

  @Test
  void sameGraphInAnyOrderAndFromAnyShares() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      List<long[]> edges = new ArrayList<>();
      for (int n = 0; n < 200; n++) {
        edges.add(new long[] {random.nextInt(15), random.nextInt(10), at(random.nextInt(900))});
      }
      InteractionGraph inOrder = new InteractionGraph(small().build());
      edges.forEach(e -> inOrder.add(e[0], e[1], e[2]));
      edges.addAll(edges.subList(0, 50));
      Collections.shuffle(edges, random);
      InteractionGraph shuffled = new InteractionGraph(small().build());
      edges.forEach(e -> shuffled.add(e[0], e[1], e[2]));
      assertThat(nodes(shuffled)).as("seed %d", seed).isEqualTo(nodes(inOrder));

      InteractionGraph restored = new InteractionGraph(small().build());
      int shares = 1 + random.nextInt(4);
      int handedOut = 0;
      for (int share = 0; share < shares; share++) {
        List<GraphNode> part = inOrder.nodes(share, shares);
        part.forEach(restored::restore);
        handedOut += part.size();
      }
      assertThat(handedOut).as("seed %d", seed).isEqualTo(nodes(inOrder).size());
      assertThat(nodes(restored)).as("seed %d", seed).isEqualTo(nodes(inOrder));
      assertThat(restored.edgeCount()).isEqualTo(inOrder.edgeCount());
    }
  }

  @Test
  void sameGraphInAnyOrderAndAfterARestoreThoughTheStreamIsManyWindowsLong() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      List<long[]> edges = new ArrayList<>();
      for (int n = 0; n < 400; n++) {
        edges.add(new long[] {random.nextInt(60), random.nextInt(40), at(random.nextInt(6_000))});
      }
      InteractionGraph inOrder = new InteractionGraph(small().build());
      edges.sort(Comparator.comparingLong(e -> e[2]));
      edges.forEach(e -> inOrder.add(e[0], e[1], e[2]));
      Collections.shuffle(edges, random);
      InteractionGraph shuffled = new InteractionGraph(small().build());
      edges.forEach(e -> shuffled.add(e[0], e[1], e[2]));
      InteractionGraph restored = new InteractionGraph(small().build());
      List<GraphNode> snapshot = shuffled.nodes(0, 1);
      Collections.shuffle(snapshot, random);
      snapshot.forEach(restored::restore);
      assertThat(nodes(shuffled)).as("seed %d", seed).isEqualTo(nodes(inOrder));
      assertThat(nodes(restored)).as("seed %d", seed).isEqualTo(nodes(inOrder));
      for (long at : new long[] {5_300, 5_999, 6_500}) {
        Map<Long, Float> walked = walked(inOrder, at);
        assertThat(walked(shuffled, at)).as("seed %d", seed).isEqualTo(walked);
        assertThat(walked(restored, at)).as("seed %d", seed).isEqualTo(walked);
      }
    }
  }

  private static Map<Long, Float> walked(InteractionGraph graph, long at) {
    Map<Long, Float> walked = new HashMap<>();
    new GraphWalk(graph, WalkConfig.builder().halfLife(Duration.ofMillis(300)).build())
        .walk(7, true, new long[] {1, 2}, 2, at, (item, score, because) -> walked.put(item, score));
    return walked;
  }

  @Test
  void whichNodesGoBeyondTheBoundIsAMatterOfTheirNewestEdgesAndNotOfArrivalOrARestore() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      GraphConfig config = small().maxUsers(10).build();
      List<long[]> edges = new ArrayList<>();
      for (int n = 0; n < 200; n++) {
        edges.add(new long[] {random.nextInt(40), random.nextInt(9), at(random.nextInt(900))});
      }
      Map<Long, Long> newest = new HashMap<>();
      edges.forEach(e -> newest.merge(e[0], e[2], Math::max));
      List<Long> users = new ArrayList<>(newest.keySet());
      users.sort(Comparator.comparingLong((Long u) -> newest.get(u)).thenComparingLong(u -> u));
      InteractionGraph graph = new InteractionGraph(config);
      for (int n = 0; n < edges.size(); n++) {
        if (n == 100) {
          InteractionGraph restored = new InteractionGraph(config);
          List<GraphNode> snapshot = graph.nodes(0, 1);
          Collections.shuffle(snapshot, random);
          snapshot.forEach(restored::restore);
          graph = restored;
        }
        graph.add(edges.get(n)[0], edges.get(n)[1], edges.get(n)[2]);
      }
      assertThat(graph.nodes(0, 1).stream().filter(GraphNode::isUser).map(GraphNode::node))
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(users.subList(users.size() - 10, users.size()));
    }
  }

  @Test
  void theNodesOfHotItemsStayWithinTheBytes() {
    GraphConfig config =
        GraphConfig.builder().window(WINDOW).edgesPerItem(30_000).maxBytes(1 << 20).build();
    InteractionGraph graph = new InteractionGraph(config);
    for (int n = 0; n < 120_000; n++) {
      graph.add(n, n % 4, at(n / 1_000));
      if (n % 1_000 == 0) {
        assertThat(graph.bytes()).as("after %d", n).isLessThanOrEqualTo(1 << 20);
      }
    }
    assertThat(graph.itemCount()).isPositive();
  }

  @Test
  void anEdgeThatCameTooLateDoesNotCountAsTheBeginning() {
    InteractionGraph graph = new InteractionGraph(small().build());
    graph.add(1, 11, at(5_000));
    graph.add(1, 12, at(4_500));
    graph.add(2, 12, at(3_000));
    assertThat(graph.firstMillis()).isEqualTo(4_500);
  }

  @Test
  void aMillionEdgesOfOneItemTakeNoMoreThanTheBound() {
    InteractionGraph graph = new InteractionGraph(small().maxUsers(2_000).build());
    for (int n = 0; n < 1_000_000; n++) {
      graph.add(n, 1, at(n / 2_000));
    }
    assertThat(nodes(graph).get("false 1").neighbors())
        .containsExactly(999_993, 999_994, 999_995, 999_996, 999_997, 999_998, 999_999);
    assertThat(graph.userCount()).isBetween(1_000, 2_000);
    assertThat(graph.bytes()).isLessThan(2_001L * 300);
  }

  @Test
  void edgesAndNodesFallOutOfTheWindowWithoutBeingLookedFor() {
    InteractionGraph graph = new InteractionGraph(small().maxUsers(10).maxItems(10).build());
    graph.add(1, 11, at(0));
    graph.add(2, 11, at(500));
    graph.add(3, 12, at(1_000));
    assertThat(graph.userCount()).as("the edge at 0 is one window old").isEqualTo(2);
    assertThat(nodes(graph).get("false 11").neighbors()).containsExactly(2);
    assertThat(graph.items().degree(11, graph.fromMillis(1_000), 1_000)).isEqualTo(1);
    graph.add(3, 11, at(1_100));
    assertThat(nodes(graph).get("false 11").neighbors()).containsExactly(2, 3);
    graph.add(4, 13, at(5_000));
    assertThat(nodes(graph).keySet()).containsExactlyInAnyOrder("true 4", "false 13");
    graph.add(5, 13, at(4_000));
    assertThat(graph.userCount()).as("came a whole window late").isEqualTo(1);
  }

  @Test
  void ofTooManyNodesTheOneThatWasSilentForLongestGoes() {
    InteractionGraph graph = new InteractionGraph(small().maxUsers(2).build());
    graph.add(1, 11, at(1));
    graph.add(2, 11, at(2));
    graph.add(1, 12, at(3));
    graph.add(3, 12, at(4));
    assertThat(nodes(graph).keySet()).contains("true 1", "true 3").doesNotContain("true 2");
    assertThat(nodes(graph).get("false 11").neighbors())
        .as("the item still knows the user, which is a dead end")
        .containsExactly(1, 2);
  }

  @Test
  void bytesAreBounded() {
    GraphConfig config =
        GraphConfig.builder().window(WINDOW).edgesPerUser(50).maxBytes(1 << 20).build();
    InteractionGraph graph = new InteractionGraph(config);
    Random random = new Random(1);
    for (int n = 0; n < 200_000; n++) {
      graph.add(random.nextInt(20_000), random.nextInt(5_000), at(n / 1_000));
    }
    assertThat(graph.bytes()).isBetween(900_000L, (1L << 20) + 10_000);
  }

  @Test
  void aUserAndAnItemWithOneIdAreTwoNodes() {
    InteractionGraph graph = new InteractionGraph(small().build());
    graph.add(7, 7, at(1));
    graph.add(7, 7, at(1));
    assertThat(nodes(graph).keySet()).containsExactlyInAnyOrder("true 7", "false 7");
    assertThat(graph.edgeCount()).isEqualTo(1);
  }

  @Test
  void aSecondInteractionRenewsTheEdge() {
    InteractionGraph graph = new InteractionGraph(small().build());
    graph.add(1, 11, Edges.stamp(5, 1));
    graph.add(1, 12, Edges.stamp(6, 1));
    graph.add(1, 11, Edges.stamp(7, 3));
    GraphNode user = nodes(graph).get("true 1");
    assertThat(user.neighbors()).containsExactly(12, 11);
    assertThat(Edges.weight(user.stamps()[1])).isEqualTo(3);
  }

  /** Two threads, one of which moves the window past the edges that the other one adds. */
  @Test
  void aNodeIsNeverEmptyWhileTheWindowMoves() throws Exception {
    InteractionGraph graph = new InteractionGraph(small().window(Duration.ofMillis(2)).build());
    AtomicLong now = new AtomicLong();
    Callable<Void> ahead =
        () -> {
          for (int n = 0; n < 200_000; n++) {
            graph.add(n % 7, n % 5, at(now.incrementAndGet()));
          }
          return null;
        };
    Callable<Void> atTheEnd =
        () -> {
          for (int n = 0; n < 200_000; n++) {
            graph.add(100 + n % 7, 100 + n % 5, at(Math.max(0, now.get() - 1)));
          }
          return null;
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (Future<Void> done : threads.invokeAll(List.of(ahead, atTheEnd))) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(nodes(graph).values()).isNotEmpty().allMatch(node -> node.stamps().length > 0);
  }

  @Test
  void aWindowOfZeroKeepsNothing() {
    InteractionGraph graph = new InteractionGraph(GraphConfig.NONE);
    graph.add(1, 11, at(1));
    graph.restore(new GraphNode(true, 1, new long[] {11}, new long[] {at(1)}));
    assertThat(graph.userCount()).isZero();
    assertThat(graph.itemCount()).isZero();
    assertThat(GraphConfig.NONE.isOn()).isFalse();
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> small().window(Duration.ofMillis(-1)).build())
        .withMessage("window must be zero or between 1 ms and 35 million years, got PT-0.001S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> small().window(Duration.ofNanos(999_999)).build())
        .withMessage(
            "window must be zero or between 1 ms and 35 million years, got PT0.000999999S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> small().window(Duration.ofSeconds(Long.MAX_VALUE)).build())
        .withMessageStartingWith("window must be zero or between 1 ms and 35 million years, got ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> small().edgesPerItem(100_000).maxBytes(1 << 20).build())
        .withMessageMatching(
            "maxBytes must be at least 32\\d{5}, twice a node of 100000 edges, got 1048576");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> small().edgesPerItem(0).build())
        .withMessage("edgesPerItem must be between 1 and 100000, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> small().maxBytes(5).build())
        .withMessage("maxBytes must be at least 1048576, got 5");
  }
}
