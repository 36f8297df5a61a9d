/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NodeEdgesTest {
  private record Edge(long neighbor, long stamp) {}

  @Test
  void keepsTheNewestWhateverTheOrderAndHoweverOftenTheyCome() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      int cap = 1 + random.nextInt(12);
      List<Edge> edges = new ArrayList<>();
      for (int n = random.nextInt(60); n >= 0; n--) {
        long stamp = Edges.stamp(random.nextInt(40), 1 + random.nextInt(3));
        edges.add(new Edge(random.nextInt(20), stamp));
      }
      List<Edge> expected = newest(edges, cap);
      edges.addAll(edges.subList(0, edges.size() / 2));
      Collections.shuffle(edges, random);
      boolean hasIds = random.nextBoolean();
      NodeEdges node = new NodeEdges();
      edges.forEach(e -> node.put(e.neighbor, hasIds ? "i" + e.neighbor : null, e.stamp, cap));
      assertThat(held(node)).as("seed %d", seed).isEqualTo(expected);
      double heaviest = expected.stream().mapToDouble(e -> Edges.weight(e.stamp)).max().orElse(0);
      assertThat((double) node.maxWeight).as("seed %d", seed).isEqualTo(heaviest);
      for (int i = 0; i < node.count && hasIds; i++) {
        assertThat(node.ids[i]).as("seed %d", seed).isEqualTo("i" + node.neighbors[i]);
      }
    }
  }

  @Test
  void aLowerBoundThanBeforeKeepsTheNewest() {
    NodeEdges node = new NodeEdges();
    for (int at = 1; at <= 5; at++) {
      node.put(at, null, Edges.stamp(at, 1), 5);
    }
    assertThat(node.put(9, null, Edges.stamp(1, 1), 2)).isFalse();
    assertThat(held(node)).extracting(Edge::neighbor).containsExactly(4L, 5L);
  }

  /** The oracle: the newest of each neighbour, sorted, the last of them. */
  private static List<Edge> newest(List<Edge> edges, int cap) {
    Map<Long, Long> stamps = new HashMap<>();
    edges.forEach(e -> stamps.merge(e.neighbor, e.stamp, Math::max));
    List<Edge> sorted = new ArrayList<>();
    stamps.forEach((neighbor, stamp) -> sorted.add(new Edge(neighbor, stamp)));
    sorted.sort(Comparator.comparingLong(Edge::stamp).thenComparingLong(Edge::neighbor));
    return sorted.subList(Math.max(0, sorted.size() - cap), sorted.size());
  }

  private static List<Edge> held(NodeEdges node) {
    List<Edge> held = new ArrayList<>();
    for (int i = 0; i < node.count; i++) {
      held.add(new Edge(node.neighbors[i], node.stamps[i]));
    }
    return held;
  }

  @Test
  void findsWhereASpanOfTimeBeginsAndEnds() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      NodeEdges node = new NodeEdges();
      for (int n = 0; n < 15; n++) {
        node.put(n, null, Edges.stamp(random.nextInt(30), 1), 15);
      }
      long from = random.nextInt(34) - 2;
      long before = Arrays.stream(node.stamps, 0, 15).filter(s -> Edges.millis(s) < from).count();
      long until = Arrays.stream(node.stamps, 0, 15).filter(s -> Edges.millis(s) <= from).count();
      assertThat(node.firstAtOrAfter(from)).as("seed %d", seed).isEqualTo((int) before);
      assertThat(node.endOf(from)).as("seed %d", seed).isEqualTo((int) until);
      node.dropBefore(from);
      assertThat(node.count).as("seed %d", seed).isEqualTo(15 - (int) before);
    }
  }

  @Test
  void aStampKeepsTimeExactlyAndWeightRoughly() {
    Random random = new Random(7);
    for (int n = 0; n < 1000; n++) {
      long at = random.nextLong(253_402_300_799_999L);
      float weight = (float) Math.exp(random.nextGaussian() * 5);
      long stamp = Edges.stamp(at, weight);
      assertThat(Edges.millis(stamp)).isEqualTo(at);
      assertThat(Edges.weight(stamp)).isBetween(weight * (1 - 1 / 128f), weight);
    }
    assertThat(Edges.millis(Edges.stamp(-5, 1))).isEqualTo(-5);
    assertThat(Edges.weight(Edges.stamp(0, Float.MIN_VALUE))).isPositive();
    assertThat(Edges.millis(Edges.stamp(Long.MAX_VALUE, 1))).isGreaterThan(1L << 47);
  }
}
