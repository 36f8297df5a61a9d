/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.neighbor.ItemNeighbors;
import io.github.flinkrecsys.core.util.TopK;
import io.github.flinkrecsys.core.vector.VectorOps;
import java.util.Arrays;

/**
 * Neighbours of the user's recent items, weighted by how long ago those were: by two horizons, and
 * by what came later only. One pass over the lists serves all three.
 *
 * <p>4 bytes per slot of the replica, and 40 per neighbour that the lists name together. Belongs to
 * one thread.
 */
final class NeighborScan {
  private static final double LONG_DECAY = 0.85;
  private static final double SHORT_DECAY = 0.5;

  /** A recent item that counts less than this is passed over. */
  private static final double NEGLIGIBLE = 0.05;

  private static final int USED = 1 + (int) (Math.log(NEGLIGIBLE) / Math.log(LONG_DECAY));
  private static final float[] LONG_WEIGHTS = weights(LONG_DECAY);
  private static final float[] SHORT_WEIGHTS = weights(SHORT_DECAY);

  /** Sums of a neighbour lie side by side; the fourth place only aligns them. */
  private static final int STRIDE = 4;

  private static final int ALL = 0;
  private static final int LAST = 1;
  private static final int LATER = 2;
  private static final int COLUMNS = 3;

  private final ItemNeighbors neighbors;
  private final Column[] columns = new Column[COLUMNS];
  private final int[] recent;

  /** The neighbours of this request, in the order in which the lists name them first. */
  private int[] slots = new int[64];

  private float[] sums = new float[64 * STRIDE];
  private float[] dampings = new float[64];
  private int[] reaching = new int[64];
  private int size;

  /** Where a slot stands among the neighbours, if it stands there: what else is here is old. */
  private int[] places = new int[0];

  private int usedCount;
  private long atMillis;
  private final int[] listed;
  private final int[] listedPlaces;
  private final float[] forward;
  private final float[] backward;
  private final NeighborReasons reasons = new NeighborReasons(COLUMNS);
  private boolean isExplained;

  NeighborScan(ItemNeighbors neighbors, int depth, TopK.TieBreaker tie) {
    this.neighbors = neighbors;
    this.recent = new int[neighbors.config().window()];
    this.listed = new int[neighbors.config().maxNeighbors()];
    this.listedPlaces = new int[listed.length];
    this.forward = new float[listed.length];
    this.backward = new float[listed.length];
    Arrays.setAll(columns, column -> new Column(column, depth, tie));
  }

  private static float[] weights(double decay) {
    float[] weights = new float[USED];
    for (int i = 0; i < USED; i++) {
      double weight = Math.pow(decay, i);
      weights[i] = weight >= NEGLIGIBLE ? (float) weight : 0;
    }
    return weights;
  }

  /** Receives neighbours of all recent items. */
  SourceScores all() {
    return columns[ALL];
  }

  /** Receives neighbours, mainly of the last few items. */
  SourceScores last() {
    return columns[LAST];
  }

  /** Receives what came after the recent items. */
  SourceScores later() {
    return columns[LATER];
  }

  /** Collects the candidates of a user. */
  void retrieve(RankingContext context, Eligibility eligibility) {
    size = 0;
    atMillis = context.atMillis();
    usedCount = context.recent() == null ? 0 : neighbors.slotsOf(context.recent(), recent);
    usedCount = Math.min(usedCount, USED);
    for (int i = 0; i < usedCount; i++) {
      int count = neighbors.read(recent[i], atMillis, listed, forward, backward);
      find(count);
      add(count, LONG_WEIGHTS[i], SHORT_WEIGHTS[i]);
    }
    finish(eligibility);
  }

  /**
   * Finds the places of the listed neighbours, and gives those that are new one, with sums of 0.
   */
  private void find(int count) {
    int highest = 0;
    for (int n = 0; n < count; n++) {
      highest = Math.max(highest, listed[n]);
    }
    if (highest >= places.length) {
      places = Arrays.copyOf(places, Math.max(highest + 1, places.length * 2));
    }
    // One more, since a place is read before it is known whether it is taken.
    if (size + count >= slots.length) {
      grow(size + count + 1);
    }
    // Without a branch: which neighbours are new cannot be foretold.
    int to = size;
    for (int n = 0; n < count; n++) {
      int slot = listed[n];
      int before = Math.min(places[slot], to);
      boolean isKnown = before < to & slots[before] == slot;
      int place = isKnown ? before : to;
      slots[place] = slot;
      places[slot] = place;
      listedPlaces[n] = place;
      to += isKnown ? 0 : 1;
    }
    Arrays.fill(sums, size * STRIDE, to * STRIDE, 0);
    size = to;
  }

  private void grow(int needed) {
    int length = Math.max(needed, slots.length * 2);
    slots = Arrays.copyOf(slots, length);
    sums = Arrays.copyOf(sums, length * STRIDE);
    dampings = new float[length];
    reaching = new int[length];
    for (Column column : columns) {
      column.scores = new float[length];
    }
  }

  private void add(int count, float weight, float shortWeight) {
    for (int n = 0; n < count; n++) {
      int at = listedPlaces[n] * STRIDE;
      float either = forward[n] + backward[n];
      sums[at + ALL] += weight * either;
      sums[at + LAST] += shortWeight * either;
      sums[at + LATER] += weight * forward[n];
    }
  }

  /** Normalises all scores, and sums up those of items that the user has not seen. */
  private void finish(Eligibility eligibility) {
    neighbors.dampings(slots, size, atMillis, dampings);
    double all = 0;
    double last = 0;
    double later = 0;
    for (int n = 0; n < size; n++) {
      int at = n * STRIDE;
      float damping = dampings[n];
      all += columns[ALL].scores[n] = sums[at + ALL] * damping;
      last += columns[LAST].scores[n] = sums[at + LAST] * damping;
      later += columns[LATER].scores[n] = sums[at + LATER] * damping;
    }
    for (int n = 0; n < eligibility.excludedCount(); n++) {
      int place = place(eligibility.excludedSlot(n));
      if (place >= 0) {
        all -= columns[ALL].scores[place];
        last -= columns[LAST].scores[place];
        later -= columns[LATER].scores[place];
      }
    }
    columns[ALL].summarize(Math.max(0, all), eligibility.count());
    columns[LAST].summarize(Math.max(0, last), eligibility.count());
    columns[LATER].summarize(Math.max(0, later), eligibility.count());
  }

  /** Gives where a slot stands among the neighbours, or -1. */
  private int place(int slot) {
    int place = slot < places.length ? places[slot] : size;
    return place < size && slots[place] == slot ? place : -1;
  }

  /**
   * Takes up the first items of a list, whose reasons may be asked for: for each column the recent
   * item that contributed most. They are found when the first is.
   */
  void explain(int[] list, int count) {
    reasons.begin(list, count);
    isExplained = false;
  }

  private void findReasons() {
    for (int i = 0; i < usedCount; i++) {
      int length = neighbors.read(recent[i], atMillis, listed, forward, backward);
      for (int n = 0; n < length; n++) {
        int place = reasons.place(listed[n]);
        if (place >= 0) {
          float either = forward[n] + backward[n];
          reasons.weigh(place, ALL, LONG_WEIGHTS[i] * either, recent[i]);
          reasons.weigh(place, LAST, SHORT_WEIGHTS[i] * either, recent[i]);
          reasons.weigh(place, LATER, LONG_WEIGHTS[i] * forward[n], recent[i]);
        }
      }
    }
    isExplained = true;
  }

  private final class Column extends SourceScores {
    private final int column;

    /** By place. */
    private float[] scores = new float[64];

    Column(int column, int depth, TopK.TieBreaker tie) {
      super(ScoreScale.RATIO, depth, tie);
      this.column = column;
    }

    @Override
    int offer(TopK top, float atLeast, Eligibility eligibility) {
      int reached = VectorOps.selectAtLeast(scores, size, atLeast, reaching);
      int offered = 0;
      for (int n = 0; n < reached; n++) {
        int place = reaching[n];
        if (eligibility.allows(slots[place])) {
          top.offer(slots[place], scores[place]);
          offered++;
        }
      }
      return offered;
    }

    @Override
    boolean contains(int slot) {
      return place(slot) >= 0;
    }

    @Override
    float score(int slot) {
      return scores[place(slot)];
    }

    @Override
    int reason(int slot) {
      if (!contains(slot)) {
        return -1;
      }
      if (!isExplained) {
        findReasons();
      }
      return reasons.of(slot, column);
    }
  }
}
