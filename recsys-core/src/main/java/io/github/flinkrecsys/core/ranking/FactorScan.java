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
    int size = items.size();
    for (int from = 0; from < size; from += ItemReplica.CHUNK_ROWS) {
      retrieve(user, from, Math.min(ItemReplica.CHUNK_ROWS, size - from), filter, into);
    }
  }

  /** Retrieves from some slots of one chunk. */
  void retrieve(float[] user, int from, int rows, SlotFilter filter, TopK into) {
    int k = user.length - 1;
    VectorOps.dotRows(user, 0, items.factors(from), items.offset(from), rows, k, scores, 0);
    float[] biases = items.biases(from);
    int bias = from % ItemReplica.CHUNK_ROWS;
    for (int row = 0; row < rows; row++) {
      float score = scores[row] + biases[bias + row];
      // Written so that NaN fails; the costlier condition is asked of few.
      if (score >= into.threshold() && filter.allows(from + row)) {
        into.offer(from + row, score);
      }
    }
  }
}
