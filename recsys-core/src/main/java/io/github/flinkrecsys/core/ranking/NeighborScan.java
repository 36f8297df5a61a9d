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
 * <p>40 bytes per slot of the replica at most. Belongs to one thread.
 */
final class NeighborScan {
  private static final double LONG_DECAY = 0.85;
  private static final double SHORT_DECAY = 0.5;

  /** A recent item that counts less than this is passed over. */
  private static final double NEGLIGIBLE = 0.05;

  private static final int USED = 1 + (int) (Math.log(NEGLIGIBLE) / Math.log(LONG_DECAY));
  private static final float[] LONG_WEIGHTS = weights(LONG_DECAY);
  private static final float[] SHORT_WEIGHTS = weights(SHORT_DECAY);

  /** Scores of a slot lie side by side; the fourth place only aligns them. */
  private static final int STRIDE = 4;

  private static final int ALL = 0;
  private static final int LAST = 1;
  private static final int LATER = 2;
  private static final int COLUMNS = 3;

  private final ItemNeighbors neighbors;
  private final Column[] columns = new Column[COLUMNS];
  private int[] stamps = new int[0];
  private int stamp;
  private final int[] recent;
  private float[] scores = new float[0];
  private int[] slots = new int[64];
  private float[] dampings = new float[64];
  private int[] reaching = new int[64];
  private int size;
  private int usedCount;
  private long atMillis;
  private final int[] listed;
  private final float[] forward;
  private final float[] backward;
  private final NeighborReasons reasons = new NeighborReasons();
  private boolean isExplained;

  NeighborScan(ItemNeighbors neighbors, int depth, TopK.TieBreaker tie) {
    this.neighbors = neighbors;
    this.recent = new int[neighbors.config().window()];
    this.listed = new int[neighbors.config().maxNeighbors()];
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
    clear();
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

  private void clear() {
    for (int n = 0; n < size; n++) {
      int at = slots[n] * STRIDE;
      scores[at + ALL] = 0;
      scores[at + LAST] = 0;
      scores[at + LATER] = 0;
    }
    size = 0;
    if (++stamp == 0) {
      Arrays.fill(stamps, 0);
      stamp = 1;
    }
  }

  /** Makes room for the listed neighbours, with scores of 0 for those that are new. */
  private void find(int count) {
    for (int n = 0; n < count; n++) {
      if (listed[n] >= stamps.length) {
        grow(listed[n]);
      }
    }
    if (size + count > slots.length) {
      slots = Arrays.copyOf(slots, Math.max(size + count, slots.length * 2));
    }
    // Without a branch: which neighbours are new cannot be foretold.
    int to = size;
    for (int n = 0; n < count; n++) {
      int slot = listed[n];
      slots[to] = slot;
      to += stamps[slot] == stamp ? 0 : 1;
      stamps[slot] = stamp;
    }
    size = to;
  }

  private void add(int count, float weight, float shortWeight) {
    for (int n = 0; n < count; n++) {
      int at = listed[n] * STRIDE;
      float either = forward[n] + backward[n];
      scores[at + ALL] += weight * either;
      scores[at + LAST] += shortWeight * either;
      scores[at + LATER] += weight * forward[n];
    }
  }

  private void grow(int slot) {
    int length = Math.max(slot + 1, stamps.length * 2);
    stamps = Arrays.copyOf(stamps, length);
    scores = Arrays.copyOf(scores, length * STRIDE);
  }

  /** Normalises all scores, and sums up those of items that the user has not seen. */
  private void finish(Eligibility eligibility) {
    if (dampings.length < size) {
      dampings = new float[slots.length];
      reaching = new int[slots.length];
      for (Column column : columns) {
        column.finished = new float[slots.length];
      }
    }
    neighbors.dampings(slots, size, atMillis, dampings);
    double all = 0;
    double last = 0;
    double later = 0;
    for (int n = 0; n < size; n++) {
      int at = slots[n] * STRIDE;
      float damping = dampings[n];
      all += columns[ALL].finished[n] = scores[at + ALL] *= damping;
      last += columns[LAST].finished[n] = scores[at + LAST] *= damping;
      later += columns[LATER].finished[n] = scores[at + LATER] *= damping;
    }
    for (int n = 0; n < eligibility.seenCount(); n++) {
      int slot = eligibility.seenSlot(n);
      if (columns[ALL].contains(slot)) {
        all -= scores[slot * STRIDE + ALL];
        last -= scores[slot * STRIDE + LAST];
        later -= scores[slot * STRIDE + LATER];
      }
    }
    columns[ALL].summarize(Math.max(0, all), eligibility.count());
    columns[LAST].summarize(Math.max(0, last), eligibility.count());
    columns[LATER].summarize(Math.max(0, later), eligibility.count());
  }

  /**
   * Takes up the first items of a list, whose reasons may be asked for: for each the recent item
   * that contributed most. They are found when the first is.
   */
  void explain(int[] list, int count) {
    reasons.begin(list, count);
    isExplained = false;
  }

  private void findReasons() {
    for (int i = 0; i < usedCount; i++) {
      int length = neighbors.read(recent[i], atMillis, listed, forward, backward);
      for (int n = 0; n < length; n++) {
        reasons.weigh(listed[n], LONG_WEIGHTS[i] * (forward[n] + backward[n]), recent[i]);
      }
    }
    isExplained = true;
  }

  private final class Column extends SourceScores {
    private final int column;

    /** Scores in the order of the slots, to be looked through in one go. */
    private float[] finished = new float[64];

    Column(int column, int depth, TopK.TieBreaker tie) {
      super(ScoreScale.RATIO, depth, tie);
      this.column = column;
    }

    @Override
    int offer(TopK top, float atLeast, Eligibility eligibility) {
      int reached = VectorOps.selectAtLeast(finished, size, atLeast, reaching);
      int offered = 0;
      for (int n = 0; n < reached; n++) {
        int slot = slots[reaching[n]];
        if (eligibility.allows(slot)) {
          top.offer(slot, finished[reaching[n]]);
          offered++;
        }
      }
      return offered;
    }

    @Override
    boolean contains(int slot) {
      return slot < stamps.length && stamps[slot] == stamp;
    }

    @Override
    float score(int slot) {
      return scores[slot * STRIDE + column];
    }

    @Override
    int reason(int slot) {
      if (!contains(slot)) {
        return -1;
      }
      if (!isExplained) {
        findReasons();
      }
      return reasons.of(slot);
    }
  }
}
