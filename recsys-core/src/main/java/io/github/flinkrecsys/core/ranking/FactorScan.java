/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.util.TopK;
import io.github.flinkrecsys.core.vector.VectorOps;

/** Computes every score. */
final class FactorScan implements FactorRetrieval {
  private final ItemReplica items;
  private final float[] scores = new float[ItemReplica.CHUNK_ROWS];

  FactorScan(ItemReplica items) {
    this.items = items;
  }

  @Override
  public int retrieve(float[] user, float atLeast, SlotFilter filter, TopK into) {
    int offered = 0;
    int size = items.size();
    for (int from = 0; from < size; from += ItemReplica.CHUNK_ROWS) {
      int rows = Math.min(ItemReplica.CHUNK_ROWS, size - from);
      offered += retrieve(user, from, rows, atLeast, filter, into);
    }
    return offered;
  }

  /** Retrieves from some slots of one chunk. */
  int retrieve(float[] user, int from, int rows, float atLeast, SlotFilter filter, TopK into) {
    int offered = 0;
    int k = user.length - 1;
    VectorOps.dotRows(user, 0, items.factors(from), items.offset(from), rows, k, scores, 0);
    float[] biases = items.biases(from);
    int bias = from % ItemReplica.CHUNK_ROWS;
    for (int row = 0; row < rows; row++) {
      float score = scores[row] + biases[bias + row];
      // Written so that NaN fails; the costlier condition is asked of few.
      if (score >= atLeast && score >= into.threshold() && filter.allows(from + row)) {
        into.offer(from + row, score);
        offered++;
      }
    }
    return offered;
  }
}
