/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.replica.QuantizedRows;
import io.github.flinkrecsys.core.vector.VectorOps;

/**
 * Computes an upper bound of every score from codes of one byte per factor, and the score itself
 * only where the bound reaches the list: the same list as {@link FactorScan}'s, bit by bit.
 */
final class CodeScan implements FactorRetrieval {
  private final ItemReplica items;
  private final QuantizedQuery query;
  private final int[] selected = new int[ItemReplica.CHUNK_ROWS];
  private final float[] score = new float[1];

  CodeScan(ItemReplica items) {
    this.items = items;
    this.query = new QuantizedQuery(items.config().factors());
  }

  @Override
  public void retrieve(float[] user, SlotFilter filter, TopK into) {
    query.set(user);
    int size = items.size();
    for (int from = 0; from < size; from += ItemReplica.CHUNK_ROWS) {
      int rows = Math.min(ItemReplica.CHUNK_ROWS, size - from);
      QuantizedRows quantized = items.quantized(from, rows);
      float threshold = into.threshold();
      int count =
          VectorOps.selectRows(
              query.codes,
              quantized.codes(),
              rows,
              quantized.scales(),
              items.biases(from),
              query.scale,
              query.margin,
              // Rounding of sums with the bias, which is about as large as the threshold.
              threshold - 1e-6f * Math.abs(threshold),
              selected);
      for (int i = 0; i < count; i++) {
        offer(user, from + selected[i], filter, into);
      }
    }
  }

  private void offer(float[] user, int slot, SlotFilter filter, TopK into) {
    if (!filter.allows(slot)) {
      return;
    }
    int k = user.length - 1;
    // By the same kernel as the scan of all factors, so that scores are equal bit by bit.
    VectorOps.dotRows(user, 0, items.factors(slot), items.offset(slot), 1, k, score, 0);
    float exact = score[0] + items.bias(slot);
    if (exact >= into.threshold()) {
      into.offer(slot, exact);
    }
  }
}
