/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.util.TopK;
import java.util.Arrays;
import java.util.function.IntSupplier;

/**
 * Candidates of one source for one request, by slot: scores that add up, and for each the recent
 * item that contributed most.
 *
 * <p>16 bytes per slot of the replica for a source that adds, 8 for one that fills. Belongs to one
 * thread.
 */
public final class Candidates extends SourceScores {
  private final Moments moments = new Moments();
  private final SlotMarks added = new SlotMarks();
  private int[] slots = new int[64];
  private int size;
  private float[] scores = new float[0];
  private float[] strongest = new float[0];
  private int[] reasons = new int[0];
  private final DenseScores all = new DenseScores();
  private final IntSupplier itemCount;
  private int known;
  private long refused;

  /**
   * Makes empty candidates.
   *
   * @param itemCount how many slots there are; may grow at any time
   */
  Candidates(ScoreScale scale, int depth, TopK.TieBreaker tie, IntSupplier itemCount) {
    super(scale, depth, tie);
    this.itemCount = itemCount;
  }

  void clear() {
    added.clear();
    size = 0;
    all.clear();
  }

  /**
   * Adds to an item's score. A call with a slot that no item has, or with a score that is not
   * finite, adds nothing and is counted as refused.
   *
   * @param slot of the item
   * @param score positive; what is not adds nothing
   * @param reason slot of the user's own item because of which, or -1
   */
  public void add(int slot, float score, int reason) {
    if (!Float.isFinite(score) || !isItem(slot) || reason != -1 && !isItem(reason)) {
      refused++;
      return;
    }
    if (score <= 0) {
      return;
    }
    if (!added.isMarked(slot)) {
      open(slot);
    }
    // Among infinite scores nothing is comparable.
    scores[slot] = Math.min(Float.MAX_VALUE, scores[slot] + score);
    if (score > strongest[slot]) {
      strongest[slot] = score;
      reasons[slot] = reason;
    }
  }

  private boolean isItem(int slot) {
    if (slot >= known) {
      known = itemCount.getAsInt();
    }
    return slot >= 0 && slot < known;
  }

  /** Counts the calls of {@link #add} that were refused, since the last call. */
  long takeRefused() {
    long count = refused;
    refused = 0;
    return count;
  }

  private void open(int slot) {
    if (slot >= scores.length) {
      int length = Math.max(slot + 1, scores.length * 2);
      scores = Arrays.copyOf(scores, length);
      strongest = Arrays.copyOf(strongest, length);
      reasons = Arrays.copyOf(reasons, length);
    }
    if (size == slots.length) {
      slots = Arrays.copyOf(slots, size * 2);
    }
    added.mark(slot);
    slots[size++] = slot;
    scores[slot] = 0;
    strongest[slot] = 0;
    reasons[slot] = -1;
  }

  /** Gives the array of scores of all slots, for a source that scores every item itself. */
  float[] fill(int count) {
    return all.begin(count);
  }

  private boolean isFilled() {
    return all.size() > 0;
  }

  @Override
  boolean contains(int slot) {
    return isFilled() ? slot < all.size() : added.isMarked(slot);
  }

  @Override
  float score(int slot) {
    return isFilled() ? all.score(slot) : scores[slot];
  }

  @Override
  int reason(int slot) {
    return !isFilled() && added.isMarked(slot) ? reasons[slot] : -1;
  }

  @Override
  int offer(TopK top, float atLeast, Eligibility eligibility) {
    return isFilled()
        ? all.offer(top, atLeast, eligibility)
        : offerAdded(top, atLeast, eligibility);
  }

  private int offerAdded(TopK top, float atLeast, Eligibility eligibility) {
    int offered = 0;
    for (int n = 0; n < size; n++) {
      int slot = slots[n];
      if (scores[slot] >= atLeast && eligibility.allowsProposed(slot)) {
        top.offer(slot, scores[slot]);
        offered++;
      }
    }
    return offered;
  }

  /** Counts the candidates that {@link #summarize} has summed up. */
  int count() {
    return moments.count();
  }

  /** Sums up the candidates that are not excluded. */
  void summarize(Eligibility eligibility) {
    if (isFilled()) {
      all.summarize(moments, eligibility);
    } else {
      summarizeAdded(eligibility);
    }
    summarize(moments, eligibility.count());
  }

  private void summarizeAdded(Eligibility eligibility) {
    moments.clear();
    for (int n = 0; n < size; n++) {
      moments.add(scores[slots[n]]);
    }
    for (int n = 0; n < eligibility.excludedCount(); n++) {
      int slot = eligibility.excludedSlot(n);
      if (added.isMarked(slot)) {
        moments.remove(scores[slot]);
      }
    }
  }
}
