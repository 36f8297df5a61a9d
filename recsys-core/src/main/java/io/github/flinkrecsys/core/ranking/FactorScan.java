/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.vector.VectorOps;

/** Computes every score. */
final class FactorScan implements FactorRetrieval {
  private final ItemReplica items;
  private final float[] scores = new float[ItemReplica.CHUNK_ROWS];

  FactorScan(ItemReplica items) {
    this.items = items;
  }

  @Override
  public void retrieve(float[] user, SlotFilter filter, TopK into) {
    int k = user.length - 1;
    int size = items.size();
    for (int from = 0; from < size; from += ItemReplica.CHUNK_ROWS) {
      int rows = Math.min(ItemReplica.CHUNK_ROWS, size - from);
      VectorOps.dotRows(user, 0, items.factors(from), 0, rows, k, scores, 0);
      float[] biases = items.biases(from);
      for (int row = 0; row < rows; row++) {
        float score = scores[row] + biases[row];
        // Written so that NaN fails; the costlier condition is asked of few.
        if (score >= into.threshold() && filter.allows(from + row)) {
          into.offer(from + row, score);
        }
      }
    }
  }
}
