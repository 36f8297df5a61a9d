/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.util.TopK;
import io.github.flinkrecsys.core.vector.VectorOps;

/** A score of every item, by slot, for one request. 8 bytes per slot; belongs to one thread. */
final class DenseScores {
  private float[] scores = new float[0];
  private int[] reaching = new int[0];
  private int size;

  /** Gives the array of scores of all slots, to be written. */
  float[] begin(int count) {
    if (scores.length < count) {
      scores = new float[Math.max(count, scores.length * 2)];
      reaching = new int[scores.length];
    }
    size = count;
    return scores;
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  float score(int slot) {
    return scores[slot];
  }

  /** Sums up the scores of items that the user has not seen. */
  void summarize(Moments moments, Eligibility eligibility) {
    moments.clear();
    moments.addAll(scores, size);
    for (int n = 0; n < eligibility.excludedCount(); n++) {
      int slot = eligibility.excludedSlot(n);
      if (slot < size) {
        moments.remove(scores[slot]);
      }
    }
  }

  /** Offers the items that may be recommended and reach a score; gives how many. */
  int offer(TopK top, float atLeast, Eligibility eligibility) {
    int reached = VectorOps.selectAtLeast(scores, size, atLeast, reaching);
    int offered = 0;
    for (int n = 0; n < reached; n++) {
      int slot = reaching[n];
      if (scores[slot] >= top.threshold() && eligibility.allows(slot)) {
        top.offer(slot, scores[slot]);
        offered++;
      }
    }
    return offered;
  }
}
