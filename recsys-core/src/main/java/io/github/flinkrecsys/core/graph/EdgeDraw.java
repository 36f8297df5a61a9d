/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.graph;

import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.core.util.FastMath;
import java.io.Serializable;
import java.time.Duration;

/**
 * Draws one of a node's edges, with a chance in proportion to its weight and its youth.
 *
 * <p>Drawn by refusal: an edge at random, taken with the chance that its weight has against the
 * largest, else another. After {@value #MAX_TRIES} tries, where few edges have nearly all the
 * weight, it is drawn from the sums of the weights. Both ways give each edge the same chance.
 *
 * @param halfLife event time after which an edge weighs half; zero for no decay
 */
public record EdgeDraw(Duration halfLife) implements Serializable {
  /** Drawn where there is no edge to draw. */
  public static final int NONE = -1;

  static final int MAX_TRIES = 16;

  /**
   * Checks.
   *
   * @param halfLife see the record
   * @throws IllegalArgumentException if it is neither zero nor at least a millisecond
   */
  public EdgeDraw {
    Checks.nonNegative("halfLife", halfLife);
  }

  /**
   * Draws an edge.
   *
   * @param edges of the node
   * @param fromMillis event time of the oldest edge that may be drawn
   * @param toMillis event time of the newest
   * @param excluded neighbour that is not drawn
   * @param random generator
   * @return index of the edge, or {@link #NONE} if there is none to draw, and only then
   * @implNote O(log edges); O(edges) after {@value #MAX_TRIES} refusals.
   */
  public int draw(
      NodeEdges edges, long fromMillis, long toMillis, long excluded, WalkRandom random) {
    int first = edges.firstAtOrAfter(fromMillis);
    int last = edges.endOf(toMillis) - 1;
    if (last >= first && edges.neighbors[last] == excluded) {
      last--;
    }
    if (last < first || last == first && edges.neighbors[first] == excluded) {
      return NONE;
    }
    long newest = Edges.millis(edges.stamps[last]);
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      int index = first + random.below(last - first + 1);
      if (edges.neighbors[index] != excluded
          && isTaken(mass(edges.stamps[index], newest) / edges.maxWeight, random)) {
        return index;
      }
    }
    return drawFromSums(edges, first, last, excluded, random);
  }

  private static boolean isTaken(double chance, WalkRandom random) {
    return chance >= 1 || random.unit() < chance;
  }

  private int drawFromSums(NodeEdges edges, int first, int last, long excluded, WalkRandom random) {
    long newest = Edges.millis(edges.stamps[last]);
    double sum = 0;
    for (int i = first; i <= last; i++) {
      sum += edges.neighbors[i] == excluded ? 0 : mass(edges.stamps[i], newest);
    }
    double left = random.unit() * sum;
    // From the newest on, which has its whole weight: what rounding leaves over is given to it.
    for (int i = last; i >= first; i--) {
      left -= edges.neighbors[i] == excluded ? 0 : mass(edges.stamps[i], newest);
      if (left < 0) {
        return i;
      }
    }
    return last;
  }

  /** The weight of an edge as of the newest; the chances of edges are to each other as these. */
  private double mass(long stamp, long newest) {
    double weight = Edges.weight(stamp);
    if (halfLife.isZero()) {
      return weight;
    }
    double age = (double) (newest - Edges.millis(stamp)) / halfLife.toMillis();
    return weight * FastMath.exp2(-age);
  }
}
