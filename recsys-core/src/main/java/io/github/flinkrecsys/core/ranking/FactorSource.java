/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.vector.VectorOps;

/** Every item by the score of the factor model: one pass over all factors. */
final class FactorSource implements CandidateSource {
  private final ItemReplica items;

  FactorSource(ItemReplica items) {
    this.items = items;
  }

  @Override
  public String name() {
    return Sources.FACTORS;
  }

  @Override
  public void retrieve(RankingContext context, Candidates into) {
    float[] user = context.user();
    if (user == null) {
      return;
    }
    int k = user.length - 1;
    int size = items.size();
    float[] scores = into.fill(size);
    for (int from = 0; from < size; from += ItemReplica.CHUNK_ROWS) {
      int rows = Math.min(ItemReplica.CHUNK_ROWS, size - from);
      VectorOps.dotRows(user, 0, items.factors(from), 0, rows, k, scores, from);
      float[] biases = items.biases(from);
      for (int row = 0; row < rows; row++) {
        scores[from + row] += biases[row];
      }
    }
  }
}
