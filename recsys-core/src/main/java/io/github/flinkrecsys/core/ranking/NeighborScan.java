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
  private static final double NEGLIGIBLE = 0.02;

  private final ItemNeighbors neighbors;
  private final int[] recent;
  private Candidates all;
  private Candidates last;
  private Candidates later;
  private float longWeight;
  private float shortWeight;
  private int reason;

  NeighborScan(ItemNeighbors neighbors) {
    this.neighbors = neighbors;
    this.recent = new int[neighbors.config().window()];
  }

  /**
   * Collects candidates.
   *
   * @param context of the user
   * @param all receives neighbours of all recent items
   * @param last receives neighbours, mainly of the last few items
   * @param later receives what came after the recent items
   */
  void retrieve(RankingContext context, Candidates all, Candidates last, Candidates later) {
    this.all = all;
    this.last = last;
    this.later = later;
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
    normalize(context.atMillis());
  }

  @Override
  public void visit(int neighbor, float forward, float backward) {
    float both = forward + backward;
    all.add(neighbor, longWeight * both, reason);
    if (shortWeight > 0) {
      last.add(neighbor, shortWeight * both, reason);
    }
    later.add(neighbor, longWeight * forward, reason);
  }

  private void normalize(long atMillis) {
    for (int n = 0; n < all.size(); n++) {
      int slot = all.slot(n);
      float norm = neighbors.norm(slot, atMillis);
      all.divide(slot, norm);
      last.divide(slot, norm);
      later.divide(slot, norm);
    }
  }
}
