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
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The shares of edges among 100,000 draws, which have a standard deviation of 0.0016 at most. */
class EdgeDrawTest {
  private static final long NOBODY = 999;
  private static final long NOW = 100_000;
  private static final EdgeDraw EVEN = new EdgeDraw(Duration.ZERO);
  private static final EdgeDraw DECAYED = new EdgeDraw(Duration.ofMillis(10));

  private static Map<Long, Double> shares(NodeEdges node, EdgeDraw draw, long excluded) {
    WalkRandom random = new WalkRandom(5);
    Map<Long, Double> shares = new HashMap<>();
    for (int n = 0; n < 100_000; n++) {
      int drawn = draw.draw(node, 0, NOW, excluded, random);
      shares.merge(node.neighbors[drawn], 1e-5, Double::sum);
    }
    return shares;
  }

  private static NodeEdges node(int edges, int millisApart) {
    NodeEdges node = new NodeEdges();
    for (int n = 0; n < edges; n++) {
      node.put(n, null, Edges.stamp(NOW - (long) n * millisApart, 1), edges + 10);
    }
    return node;
  }

  @Test
  void aHeavyEdgeAmongManyLightOnesHasItsShare() {
    NodeEdges node = node(99, 1);
    node.put(500, null, Edges.stamp(50_000, 1_024), 1_000);
    Map<Long, Double> shares = shares(node, EVEN, NOBODY);
    assertThat(shares.get(500L)).isCloseTo(1_024 / 1_123.0, within(0.006));
    assertThat(shares.get(7L)).isCloseTo(1 / 1_123.0, within(0.0006));
  }

  @Test
  void oldEdgesOfAShortHalfLifeHaveTheirShare() {
    Map<Long, Double> shares = shares(node(200, 10), DECAYED, NOBODY);
    for (long n = 0; n < 6; n++) {
      assertThat(shares.get(n)).as("edge %d", n).isCloseTo(Math.pow(0.5, n + 1), within(0.006));
    }
    assertThat(shares.keySet()).as("no edge that has all but lost its weight").hasSizeLessThan(30);
  }

  @Test
  void whoIsExcludedNeitherCountsNorHoldsTheOthersBack() {
    NodeEdges node = new NodeEdges();
    node.put(1, null, Edges.stamp(NOW - 5_000, 2), 10);
    node.put(2, null, Edges.stamp(NOW - 5_010, 1), 10);
    node.put(3, null, Edges.stamp(NOW, 1_000_000), 10);
    Map<Long, Double> shares = shares(node, DECAYED, 3);
    assertThat(shares.get(1L)).isCloseTo(0.8, within(0.006));
    assertThat(shares.get(2L)).isCloseTo(0.2, within(0.006));
    assertThat(shares).hasSize(2);
    assertThat(DECAYED.draw(node, NOW, NOW, 3, new WalkRandom(1))).isEqualTo(EdgeDraw.NONE);
    assertThat(DECAYED.draw(node, NOW - 5_010, NOW - 5_010, 2, new WalkRandom(1)))
        .isEqualTo(EdgeDraw.NONE);
  }

  @Test
  void drawsAreThoseOfTheEdgesThatAreHeldWhateverWasThereBefore() {
    NodeEdges before = new NodeEdges();
    before.put(77, null, Edges.stamp(1, 300), 4);
    NodeEdges restored = new NodeEdges();
    for (int n = 4; n > 0; n--) {
      before.put(n, null, Edges.stamp(NOW - n, n), 4);
    }
    for (int n = 1; n <= 4; n++) {
      restored.put(n, null, Edges.stamp(NOW - n, n), 4);
    }
    assertThat(before.maxWeight).isEqualTo(4);
    WalkRandom random = new WalkRandom(9);
    WalkRandom other = new WalkRandom(9);
    for (int n = 0; n < 1_000; n++) {
      assertThat(before.neighbors[EVEN.draw(before, 0, NOW, NOBODY, random)])
          .isEqualTo(restored.neighbors[EVEN.draw(restored, 0, NOW, NOBODY, other)]);
    }
  }

  @Test
  void refusesAHalfLifeBelowTheMillisecondsOfEventTime() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EdgeDraw(Duration.ofNanos(5)))
        .withMessage(
            "halfLife must be zero or between 1 ms and 35 million years, got PT0.000000005S");
  }
}
