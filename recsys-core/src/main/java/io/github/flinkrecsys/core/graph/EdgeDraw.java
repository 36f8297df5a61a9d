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
 * Draws one of a node's edges, with a chance in proportion to its weight and its youth. Only edges
 * of the window that ends at the time of the question are drawn, so a replay sees no future.
 *
 * <p>Drawn by refusal: an edge at random, taken with the chance that its weight has against the
 * largest, else another. A draw takes no more than {@value #MAX_TRIES} tries, so an edge far
 * lighter than the others of its node is taken a little more often than its due.
 *
 * @param window event time that an edge counts
 * @param halfLife event time after which an edge weighs half; zero for no decay
 */
public record EdgeDraw(Duration window, Duration halfLife) implements Serializable {
  /** Drawn where there is no edge to draw. */
  public static final int NONE = -1;

  static final int MAX_TRIES = 16;

  /**
   * Checks.
   *
   * @param window see the record
   * @param halfLife see the record
   * @throws IllegalArgumentException if one is negative
   */
  public EdgeDraw {
    Checks.notNull("window", window);
    Checks.notNull("halfLife", halfLife);
    Checks.require(!window.isNegative(), "window", "zero or positive", window);
    Checks.require(!halfLife.isNegative(), "halfLife", "zero or positive", halfLife);
  }

  /**
   * Gives where the window begins.
   *
   * @param atMillis event time of the question
   * @return event time of the oldest edge that counts
   */
  public long fromMillis(long atMillis) {
    long from = atMillis - window.toMillis() + 1;
    return from > atMillis + 1 ? Long.MIN_VALUE : from;
  }

  /**
   * Draws an edge.
   *
   * @param edges of the node
   * @param atMillis event time of the question
   * @param excluded neighbour that is not drawn
   * @param random generator
   * @return index of the edge, or {@link #NONE}
   * @implNote O(log edges).
   */
  public int draw(NodeEdges edges, long atMillis, long excluded, WalkRandom random) {
    int first = edges.firstAtOrAfter(fromMillis(atMillis));
    int live = edges.endOf(atMillis) - first;
    if (live <= 0) {
      return NONE;
    }
    long newest = Edges.millis(edges.stamps[first + live - 1]);
    int drawn = NONE;
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      int index = first + random.below(live);
      if (edges.neighbors[index] != excluded) {
        drawn = index;
        if (isTaken(edges, index, newest, random)) {
          return index;
        }
      }
    }
    return drawn;
  }

  private boolean isTaken(NodeEdges edges, int index, long newest, WalkRandom random) {
    double chance = Edges.weight(edges.stamps[index]) / edges.maxWeight;
    if (!halfLife.isZero()) {
      double age = (double) (newest - Edges.millis(edges.stamps[index])) / halfLife.toMillis();
      chance *= FastMath.exp2(-age);
    }
    return chance >= 1 || random.unit() < chance;
  }
}
