/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GraphWalkTest {
  private static final long NOBODY = 999;
  private static final long NOW = 10_000;

  private static final GraphConfig CONFIG =
      GraphConfig.builder()
          .window(Duration.ofMillis(5_000))
          .edgesPerUser(20)
          .edgesPerItem(30)
          .build();

  private record Visited(float score, long because) {}

  private static InteractionGraph graph(long[]... edges) {
    InteractionGraph graph = new InteractionGraph(CONFIG);
    for (long[] edge : edges) {
      graph.add(edge[0], edge[1], Edges.stamp(edge[2], edge.length > 3 ? edge[3] : 1));
    }
    return graph;
  }

  private static WalkConfig.Builder oneStep(int steps) {
    return WalkConfig.builder()
        .steps(steps)
        .maxLength(1)
        .restart(1)
        .positionDecay(1)
        .degreeExponent(0)
        .earlyStop(1_000_000, 1_000_000);
  }

  private static Map<Long, Visited> walk(GraphWalk walk, long user, long at, long... recent) {
    Map<Long, Visited> visited = new HashMap<>();
    walk.walk(
        user,
        true,
        recent,
        recent.length,
        at,
        (item, score, because) ->
            assertThat(visited.put(item, new Visited(score, because))).isNull());
    return visited;
  }

  @Test
  void visitsWhatUsersOfTheQueryItemHaveInProportion() {
    // Of item 1's users, 101 goes on to 2 alone, 102 to 2 or 3.
    InteractionGraph graph =
        graph(
            new long[] {101, 1, 9_000},
            new long[] {101, 2, 9_000},
            new long[] {102, 1, 9_000},
            new long[] {102, 2, 9_000},
            new long[] {102, 3, 9_000});
    Map<Long, Visited> visited =
        walk(new GraphWalk(graph, oneStep(40_000).build()), NOBODY, NOW, 1);
    assertThat(visited.keySet()).containsExactlyInAnyOrder(2L, 3L);
    assertThat(visited.get(2L).score()).isCloseTo(30_000, within(600f));
    assertThat(visited.get(3L).score()).isCloseTo(10_000, within(600f));
    assertThat(visited.get(2L).because()).isEqualTo(1);
  }

  @Test
  void drawsByWeightAndYouth() {
    NodeEdges node = new NodeEdges();
    node.put(1, null, Edges.stamp(9_000, 1), 10);
    node.put(2, null, Edges.stamp(9_000, 2), 10);
    node.put(3, null, Edges.stamp(8_000, 2), 10);
    EdgeDraw draw = new EdgeDraw(Duration.ofMillis(1_000));
    WalkRandom random = new WalkRandom(5);
    double[] share = new double[4];
    for (int n = 0; n < 100_000; n++) {
      share[(int) node.neighbors[draw.draw(node, 5_001, NOW, NOBODY, random)]] += 1e-5;
    }
    assertThat(share[1]).isCloseTo(0.25, within(0.01));
    assertThat(share[2]).isCloseTo(0.5, within(0.01));
    assertThat(share[3]).isCloseTo(0.25, within(0.01));
    assertThat(draw.draw(node, 5_001, NOW, 1, random)).isNotEqualTo(EdgeDraw.NONE);
  }

  @Test
  void seesNeitherTheFutureNorWhatHasLeftTheWindowNorTheUserWhoAsks() {
    InteractionGraph graph =
        graph(
            new long[] {101, 1, 9_000},
            new long[] {101, 2, 9_000},
            new long[] {101, 3, 11_000},
            new long[] {102, 1, 6_500},
            new long[] {102, 4, 6_500},
            new long[] {103, 1, 9_500},
            new long[] {103, 5, 9_500});
    GraphWalk walk = new GraphWalk(graph, oneStep(500).build());
    assertThat(walk(walk, 103, NOW, 1).keySet()).containsExactlyInAnyOrder(2L, 4L);
    assertThat(walk(walk, 103, 11_600, 1).keySet()).containsExactlyInAnyOrder(2L, 3L);
    assertThat(walk(walk, NOBODY, 8_000, 1).keySet()).containsExactly(4L);
  }

  @Test
  void severalQueryItemsCountMoreThanOneWithAsManyVisits() {
    WalkVisits visits = new WalkVisits();
    visits.visit(7, 9, 100);
    visits.visit(8, 18, 100);
    visits.endQuery(1);
    visits.visit(7, 9, 100);
    visits.endQuery(2);
    assertThat(visits.score(0)).isCloseTo(36, within(1e-9));
    assertThat(visits.score(1)).isCloseTo(18, within(1e-9));
    assertThat(visits.because(0)).isEqualTo(1);
    assertThat(visits.size()).isEqualTo(2);
  }

  @Test
  void aKnownUserNeedsNoRecentItemsAndAnIsolatedOneGetsNothing() {
    InteractionGraph graph =
        graph(
            new long[] {101, 1, 9_000},
            new long[] {101, 2, 9_000},
            new long[] {102, 1, 9_000},
            new long[] {104, 6, 9_000});
    GraphWalk walk = new GraphWalk(graph, oneStep(500).build());
    assertThat(walk(walk, 102, NOW).keySet()).containsExactly(2L);
    assertThat(walk(walk, 104, NOW)).as("nobody else has the item").isEmpty();
    assertThat(walk(walk, NOBODY, NOW)).isEmpty();
    assertThat(walk(walk, NOBODY, NOW, 77)).as("an item that the graph does not know").isEmpty();
    long before = walk.stepsTaken();
    walk(walk, NOBODY, NOW, 77);
    assertThat(walk.stepsTaken() - before).as("given up at once").isEqualTo(1);
  }

  @Test
  void stepsAreBoundedAndEndEarlyOnceItemsAreSure() {
    Random random = new Random(3);
    InteractionGraph graph = new InteractionGraph(CONFIG);
    for (int n = 0; n < 2_000; n++) {
      graph.add(random.nextInt(100), 200 + random.nextInt(40), Edges.stamp(9_000 + n / 10, 1));
    }
    GraphWalk all = new GraphWalk(graph, oneStep(5_000).maxLength(4).restart(0.3).build());
    Map<Long, Visited> visited = walk(all, NOBODY, NOW, 201, 202);
    assertThat(all.stepsTaken()).isBetween(5_000L, 5_002L);
    assertThat(walk(all, NOBODY, NOW, 201, 202)).as("the same walk again").isEqualTo(visited);
    GraphWalk early = new GraphWalk(graph, oneStep(5_000).earlyStop(3, 10).build());
    walk(early, NOBODY, NOW, 201, 202);
    assertThat(early.stepsTaken()).isBetween(2L * 30, 2_000L);
  }

  @Test
  void longerWalksReachFurther() {
    InteractionGraph graph =
        graph(
            new long[] {101, 1, 9_000},
            new long[] {101, 2, 9_000},
            new long[] {102, 2, 9_000},
            new long[] {102, 3, 9_000});
    assertThat(walk(new GraphWalk(graph, oneStep(500).build()), NOBODY, NOW, 1).keySet())
        .containsExactly(2L);
    WalkConfig two = oneStep(500).maxLength(2).restart(0.5).build();
    assertThat(walk(new GraphWalk(graph, two), NOBODY, NOW, 1).keySet()).contains(2L, 3L);
  }

  @Test
  void degreeHoldsBackWhatManyHave() {
    InteractionGraph graph = new InteractionGraph(CONFIG);
    graph.add(101, 1, Edges.stamp(9_000, 1));
    graph.add(101, 2, Edges.stamp(9_000, 1));
    graph.add(101, 3, Edges.stamp(9_000, 1));
    for (int n = 0; n < 24; n++) {
      graph.add(500 + n, 3, Edges.stamp(9_000, 1));
    }
    Map<Long, Visited> plain = walk(new GraphWalk(graph, oneStep(2_000).build()), NOBODY, NOW, 1);
    WalkConfig heldBack = oneStep(2_000).degreeExponent(0.5).build();
    Map<Long, Visited> held = walk(new GraphWalk(graph, heldBack), NOBODY, NOW, 1);
    assertThat(held.get(2L).score()).isEqualTo(plain.get(2L).score());
    assertThat(held.get(3L).score()).isCloseTo(plain.get(3L).score() / 5, within(0.01f));
  }

  @Test
  void aFullNodeWithEdgesOfTheFutureIsStillHeldBackByAllItHad() {
    GraphConfig config =
        GraphConfig.builder().window(Duration.ofMillis(8_000)).edgesPerItem(10).build();
    InteractionGraph graph = new InteractionGraph(config);
    graph.add(7, 8, Edges.stamp(2_001, 1));
    // Ten in 100 ms and more before: about 800 in the 8 seconds up to the question.
    for (int n = 0; n < 20; n++) {
      graph.add(500 + n, 3, Edges.stamp(9_800 + 10 * n, 1));
    }
    assertThat(graph.items().degree(3, graph.fromMillis(9_990), 9_990)).isBetween(700.0, 900.0);
    graph.add(600, 3, Edges.stamp(10_000, 1));
    assertThat(graph.items().degree(3, graph.fromMillis(9_990), 9_990))
        .as("one of the ten is newer than the question")
        .isBetween(700.0, 900.0);
    assertThat(graph.items().degree(3, 9_925, 9_990))
        .as("an older edge is held, so none of the span was let go")
        .isEqualTo(7);
  }

  @Test
  void anItemWhoseUsersMostlyHaveNothingElseIsNotGivenUp() {
    InteractionGraph graph =
        new InteractionGraph(
            GraphConfig.builder().window(Duration.ofMillis(5_000)).edgesPerItem(400).build());
    for (int user = 0; user < 400; user++) {
      graph.add(1_000 + user, 1, Edges.stamp(9_000, 1));
    }
    graph.add(1_000, 2, Edges.stamp(9_000, 1));
    GraphWalk walk = new GraphWalk(graph, oneStep(2_000).build());
    double visits = 0;
    for (long asks = 0; asks < 20; asks++) {
      Visited visited = walk(walk, asks, NOW, 1).get(2L);
      visits += visited == null ? 0 : visited.score();
    }
    assertThat(visits).as("one in 400 of 40,000 steps").isBetween(60.0, 140.0);
  }

  @Test
  void aRequestByItemsGoesByTheseAlone() {
    InteractionGraph graph =
        graph(
            new long[] {101, 1, 9_000},
            new long[] {101, 2, 9_000},
            new long[] {102, 3, 9_000},
            new long[] {102, 4, 9_000},
            new long[] {103, 3, 9_000});
    Set<Long> visited = new HashSet<>();
    new GraphWalk(graph, oneStep(500).build())
        .walk(103, false, new long[] {1}, 1, NOW, (item, score, because) -> visited.add(item));
    assertThat(visited).containsExactly(2L);
  }

  @Test
  void walksAreAsManyAsTakeTheStepsHoweverRarelyTheyBeginAnew() {
    for (double restart : new double[] {Double.MIN_VALUE, 1e-300, 1e-17, 1e-9}) {
      WalkConfig walk = WalkConfig.builder().steps(1_000).maxLength(4).restart(restart).build();
      assertThat(walk.walks()).as("restart %s", restart).isEqualTo(250);
    }
    assertThat(oneStep(1_000).build().walks()).isEqualTo(1_000);
    assertThat(oneStep(1_000).maxLength(2).restart(0.5).build().walks()).isEqualTo(667);
    WalkConfig first = oneStep(1_000).positionDecay(Double.MIN_VALUE).build();
    assertThat(first.share(1_000, 3, 5)).isEqualTo(1);
  }

  @Test
  void refusesWhatIsOutOfRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WalkConfig.builder().restart(0).build())
        .withMessage("restart must be in (0.0, 1.0], got 0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WalkConfig.builder().degreeExponent(Double.NaN).build())
        .withMessage("degreeExponent must be in [0.0, 1.0], got NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WalkConfig.builder().steps(0).build())
        .withMessage("steps must be between 1 and 10000000, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WalkConfig.builder().halfLife(Duration.ofNanos(1)).build())
        .withMessage(
            "halfLife must be zero or between 1 ms and 35 million years, got PT0.000000001S");
  }
}
