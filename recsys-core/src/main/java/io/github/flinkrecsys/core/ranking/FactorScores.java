/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.factorization.FactorTrainer;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.core.util.TopK;
import io.github.flinkrecsys.core.vector.VectorOps;

/**
 * Every item by the score of the factor model. Up to a size of the catalogue all scores are
 * computed; beyond, the best are retrieved, others are computed when asked for, and mean and
 * deviation are those of a sample.
 *
 * <p>4 bytes per slot up to that size. Belongs to one thread.
 */
final class FactorScores extends SourceScores {
  /** At this size a mean is off by a fiftieth of the deviation. */
  private static final int SAMPLE = 2048;

  private final ItemReplica items;
  private final int scanUpTo;
  private final FactorRetrieval retrieval;
  private final Moments moments = new Moments();
  private float[] all = new float[0];
  private float[] user;
  private int size;

  FactorScores(ItemReplica items, int scanUpTo, int depth, TopK.TieBreaker tie) {
    super(ScoreScale.STANDARD, depth, tie);
    this.items = items;
    this.scanUpTo = scanUpTo;
    this.retrieval = FactorRetrieval.bySize(items, scanUpTo);
  }

  /** Takes up a user's factors, then bias; null if there are none. */
  void begin(float[] factors, Eligibility eligibility) {
    user = factors;
    size = factors == null ? 0 : items.size();
    if (isScanned()) {
      scan();
      summarizeAll(eligibility);
    } else {
      summarizeSample(eligibility);
    }
  }

  private boolean isScanned() {
    return size <= scanUpTo;
  }

  private void scan() {
    if (all.length < size) {
      all = new float[Math.max(size, all.length * 2)];
    }
    for (int from = 0; from < size; from += ItemReplica.CHUNK_ROWS) {
      int rows = Math.min(ItemReplica.CHUNK_ROWS, size - from);
      VectorOps.dotRows(user, 0, items.factors(from), 0, rows, user.length - 1, all, from);
      float[] biases = items.biases(from);
      for (int row = 0; row < rows; row++) {
        all[from + row] += biases[row];
      }
    }
  }

  private void summarizeAll(Eligibility eligibility) {
    moments.clear();
    moments.addAll(all, size);
    for (int n = 0; n < eligibility.seenCount(); n++) {
      int slot = eligibility.seenSlot(n);
      if (slot < size) {
        moments.remove(all[slot]);
      }
    }
    summarize(moments, eligibility.count());
  }

  private void summarizeSample(Eligibility eligibility) {
    moments.clear();
    long bits = size;
    for (int n = 0; n < SAMPLE; n++) {
      bits = Hashes.advance(bits);
      int slot = Hashes.below(Hashes.mix(bits), size);
      if (!eligibility.isSeen(slot)) {
        moments.add(score(slot));
      }
    }
    summarize(moments, eligibility.count());
  }

  @Override
  boolean contains(int slot) {
    return slot < size;
  }

  @Override
  float score(int slot) {
    return isScanned() ? all[slot] : FactorTrainer.score(user, slot, items);
  }

  @Override
  int reason(int slot) {
    return -1;
  }

  @Override
  int offer(TopK top, float atLeast, Eligibility eligibility) {
    if (!isScanned()) {
      return retrieval.retrieve(user, atLeast, eligibility::allows, top);
    }
    int offered = 0;
    for (int slot = 0; slot < size; slot++) {
      if (all[slot] >= atLeast && eligibility.allows(slot)) {
        top.offer(slot, all[slot]);
        offered++;
      }
    }
    return offered;
  }
}
