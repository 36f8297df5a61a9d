/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.replica.QuantizedRows;
import io.github.flinkrecsys.core.util.TopK;
import io.github.flinkrecsys.core.vector.VectorOps;

/**
 * Computes an upper bound of every score from codes of one byte per factor, and the score itself
 * only where the bound reaches the list or the codes are older than the row: the same list as
 * {@link FactorScan}'s, bit by bit.
 */
final class CodeScan implements FactorRetrieval {
  /**
   * Rows that one call quantizes again at most, for the sake of its latency: about a millisecond.
   * Where more have changed, they are read as they are, and later calls go on.
   */
  private static final int MAX_QUANTIZED = 4096;

  /** Share of a chunk's rows above which reading all in order is faster than reading some. */
  private static final double MANY = 0.25;

  private final ItemReplica items;
  private final FactorScan factors;
  private final QuantizedQuery query;
  private final int[] selected = new int[ItemReplica.CHUNK_ROWS];

  CodeScan(ItemReplica items, FactorScan factors) {
    this.items = items;
    this.factors = factors;
    this.query = new QuantizedQuery(items.config().factors());
  }

  @Override
  public int retrieve(float[] user, float atLeast, SlotFilter filter, TopK into) {
    int offered = 0;
    query.set(user);
    int mayQuantize = MAX_QUANTIZED;
    int size = items.size();
    for (int from = 0; from < size; from += ItemReplica.CHUNK_ROWS) {
      int rows = Math.min(ItemReplica.CHUNK_ROWS, size - from);
      QuantizedRows quantized = items.quantized(from);
      int count = select(quantized, from, rows, Math.max(atLeast, into.threshold()));
      if (count > MANY * rows) {
        offered += factors.retrieve(user, from, rows, atLeast, filter, into);
      } else {
        for (int i = 0; i < count; i++) {
          offered += factors.retrieve(user, from + selected[i], 1, atLeast, filter, into);
        }
      }
      for (int i = 0; i < count && mayQuantize > 0; i++) {
        if (Float.isNaN(quantized.scales()[selected[i]])) {
          items.quantize(from + selected[i]);
          mayQuantize--;
        }
      }
    }
    return offered;
  }

  private int select(QuantizedRows quantized, int from, int rows, float threshold) {
    return VectorOps.selectRows(
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
  }
}
