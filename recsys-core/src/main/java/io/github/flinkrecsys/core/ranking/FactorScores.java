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
 * <p>8 bytes per slot up to that size. Belongs to one thread.
 */
final class FactorScores extends SourceScores {
  /** At this size a mean is off by a fiftieth of the deviation. */
  private static final int SAMPLE = 2048;

  private final ItemReplica items;
  private final int scanUpTo;
  private final FactorRetrieval retrieval;
  private final Moments moments = new Moments();
  private final DenseScores all = new DenseScores();
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
      all.summarize(moments, eligibility);
      summarize(moments, moments.count());
    } else {
      summarizeSample(eligibility);
    }
  }

  private boolean isScanned() {
    return size <= scanUpTo;
  }

  private void scan() {
    float[] scores = all.begin(size);
    for (int from = 0; from < size; from += ItemReplica.CHUNK_ROWS) {
      int rows = Math.min(ItemReplica.CHUNK_ROWS, size - from);
      VectorOps.dotRows(user, 0, items.factors(from), 0, rows, user.length - 1, scores, from);
      float[] biases = items.biases(from);
      for (int row = 0; row < rows; row++) {
        scores[from + row] += biases[row];
      }
    }
  }

  private void summarizeSample(Eligibility eligibility) {
    moments.clear();
    long bits = size;
    for (int n = 0; n < SAMPLE; n++) {
      bits = Hashes.advance(bits);
      int slot = Hashes.below(Hashes.mix(bits), size);
      if (!eligibility.isExcluded(slot)) {
        moments.add(score(slot));
      }
    }
    summarize(moments, moments.count());
  }

  @Override
  boolean contains(int slot) {
    return slot < size;
  }

  @Override
  float score(int slot) {
    return isScanned() ? all.score(slot) : FactorTrainer.score(user, slot, items);
  }

  @Override
  int reason(int slot) {
    return -1;
  }

  @Override
  int offer(TopK top, float atLeast, Eligibility eligibility) {
    return isScanned()
        ? all.offer(top, atLeast, eligibility)
        : retrieval.retrieve(user, atLeast, eligibility::allows, top);
  }
}
