/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.neighbor.ItemNeighbors;

/**
 * Neighbours of the user's recent items, weighted by how long ago those were: by two horizons, and
 * by what came later only. One pass over the lists serves all three.
 */
final class NeighborScan implements ItemNeighbors.Visitor {
  private static final double LONG_DECAY = 0.85;
  private static final double SHORT_DECAY = 0.5;

  /** A recent item that counts less than this is passed over. */
  private static final double NEGLIGIBLE = 0.05;

  private static final int ALL = 0;
  private static final int LAST = 1;
  private static final int LATER = 2;

  private final ItemNeighbors neighbors;
  private final ScoreTable table = new ScoreTable(3);
  private final int[] recent;
  private float longWeight;
  private float shortWeight;
  private int reason;

  NeighborScan(ItemNeighbors neighbors) {
    this.neighbors = neighbors;
    this.recent = new int[neighbors.config().window()];
  }

  /** Receives neighbours of all recent items. */
  Candidates all() {
    return new Candidates(ScoreScale.RATIO, table, ALL);
  }

  /** Receives neighbours, mainly of the last few items. */
  Candidates last() {
    return new Candidates(ScoreScale.RATIO, table, LAST);
  }

  /** Receives what came after the recent items. */
  Candidates later() {
    return new Candidates(ScoreScale.RATIO, table, LATER);
  }

  /** Collects the candidates of a user. */
  void retrieve(RankingContext context) {
    int count = context.recent() == null ? 0 : neighbors.slotsOf(context.recent(), recent);
    double longDecay = 1;
    double shortDecay = 1;
    for (int i = 0; i < count && longDecay >= NEGLIGIBLE; i++) {
      longWeight = (float) longDecay;
      shortWeight = shortDecay >= NEGLIGIBLE ? (float) shortDecay : 0;
      reason = recent[i];
      neighbors.visit(recent[i], context.atMillis(), this);
      longDecay *= LONG_DECAY;
      shortDecay *= SHORT_DECAY;
    }
    for (int n = 0; n < table.size(); n++) {
      table.scale(table.slot(n), neighbors.damping(table.slot(n), context.atMillis()));
    }
  }

  @Override
  public void visit(int neighbor, float forward, float backward) {
    float both = longWeight * (forward + backward);
    table.open(neighbor);
    table.add(neighbor, ALL, both);
    table.add(neighbor, LAST, shortWeight * (forward + backward));
    table.add(neighbor, LATER, longWeight * forward);
    table.because(neighbor, both, reason);
  }
}
