/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.neighbor.ItemNeighbors;
import java.util.Arrays;

/**
 * Neighbours of the user's recent items, weighted by how long ago those were: by two horizons, and
 * by what came later only. One pass over the lists serves all three.
 *
 * <p>24 bytes per slot of the replica. Belongs to one thread.
 */
final class NeighborScan implements ItemNeighbors.Visitor {
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
  private final SlotMarks found = new SlotMarks();
  private final int[] recent;
  private float[] scores = new float[0];
  private int[] slots = new int[64];
  private float[] dampings = new float[64];
  private int size;
  private int usedCount;
  private long atMillis;
  private float longWeight;
  private float shortWeight;
  private final NeighborReasons reasons = new NeighborReasons();

  NeighborScan(ItemNeighbors neighbors, int depth, TopK.TieBreaker tie) {
    this.neighbors = neighbors;
    this.recent = new int[neighbors.config().window()];
    Arrays.setAll(columns, column -> new Column(column, new TopK(depth, tie)));
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
  void retrieve(RankingContext context) {
    found.clear();
    size = 0;
    atMillis = context.atMillis();
    usedCount = context.recent() == null ? 0 : neighbors.slotsOf(context.recent(), recent);
    usedCount = Math.min(usedCount, USED);
    for (int i = 0; i < usedCount; i++) {
      longWeight = LONG_WEIGHTS[i];
      shortWeight = SHORT_WEIGHTS[i];
      neighbors.visit(recent[i], atMillis, this);
    }
    if (dampings.length < size) {
      dampings = new float[slots.length];
    }
    neighbors.dampings(slots, size, atMillis, dampings);
  }

  @Override
  public void visit(int neighbor, float forward, float backward) {
    if (!found.isMarked(neighbor)) {
      open(neighbor);
    }
    int at = neighbor * STRIDE;
    scores[at + ALL] += longWeight * (forward + backward);
    scores[at + LAST] += shortWeight * (forward + backward);
    scores[at + LATER] += longWeight * forward;
  }

  private void open(int slot) {
    if ((slot + 1) * STRIDE > scores.length) {
      scores = Arrays.copyOf(scores, Math.max((slot + 1) * STRIDE, scores.length * 2));
    }
    if (size == slots.length) {
      slots = Arrays.copyOf(slots, size * 2);
    }
    found.mark(slot);
    slots[size++] = slot;
    Arrays.fill(scores, slot * STRIDE, (slot + 1) * STRIDE, 0);
  }

  /** Moves the best of those that may be recommended into three lists. */
  void selectBest(Eligibility eligibility, RankedItems all, RankedItems last, RankedItems later) {
    double[] sums = new double[COLUMNS];
    for (int n = 0; n < size; n++) {
      int slot = slots[n];
      boolean isSeen = eligibility.isSeen(slot);
      for (int column = 0; column < COLUMNS; column++) {
        float score = scores[slot * STRIDE + column] *= dampings[n];
        if (score > 0 && !isSeen) {
          sums[column] += score;
          SourceScores.offer(columns[column].top, slot, score, eligibility);
        }
      }
    }
    columns[ALL].take(sums, eligibility, all);
    columns[LAST].take(sums, eligibility, last);
    columns[LATER].take(sums, eligibility, later);
  }

  /** Finds, for the first items of a list, the recent item that contributed most to each. */
  void explain(RankedItems list, int count) {
    reasons.begin(list, count);
    for (int i = 0; i < usedCount; i++) {
      reasons.weigh(recent[i], LONG_WEIGHTS[i]);
      neighbors.visit(recent[i], atMillis, reasons);
    }
  }

  private final class Column extends SourceScores {
    private final int column;
    private final TopK top;

    Column(int column, TopK top) {
      super(ScoreScale.RATIO);
      this.column = column;
      this.top = top;
    }

    void take(double[] sums, Eligibility eligibility, RankedItems into) {
      summarize(sums[column], 0, 0, eligibility.count());
      into.size = top.drainTo(into.slots, into.scores);
    }

    @Override
    boolean contains(int slot) {
      return found.isMarked(slot);
    }

    @Override
    float score(int slot) {
      return scores[slot * STRIDE + column];
    }

    @Override
    int reason(int slot) {
      return found.isMarked(slot) ? reasons.of(slot) : -1;
    }
  }
}
