/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.als;

import io.github.flinkrecsys.core.als.Gramian;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.flink.api.common.functions.MapPartitionFunction;
import org.apache.flink.util.Collector;

/** Sums the outer products of the rows that pass through a subtask, and counts them. */
final class PartialGramian implements MapPartitionFunction<AlsRow, GramianLine> {
  private static final long serialVersionUID = 1L;

  /** Rows that are held at once. */
  private static final int BATCH = 512;

  private final int factors;

  PartialGramian(int factors) {
    this.factors = factors;
  }

  @Override
  public void mapPartition(Iterable<AlsRow> rows, Collector<GramianLine> out) {
    GramianLine[] sums = null;
    Iterator<AlsRow> rest = rows.iterator();
    while (rest.hasNext()) {
      GramianLine[] batch = ofBatch(rest);
      for (int k = 0; sums != null && k < batch.length; k++) {
        batch[k] = batch[k].plus(sums[k]);
      }
      sums = batch;
    }
    for (int k = 0; sums != null && k < sums.length; k++) {
      out.collect(sums[k]);
    }
  }

  private GramianLine[] ofBatch(Iterator<AlsRow> rest) {
    float[][] vectors = new float[BATCH][];
    float[] weights = new float[BATCH];
    double weightSum = 0;
    int size = 0;
    while (size < BATCH && rest.hasNext()) {
      AlsRow row = rest.next();
      vectors[size] = row.vector();
      weights[size++] = (float) row.weight();
      weightSum += row.weight();
    }
    double[][] triangle = Gramian.lowerTriangle(Arrays.copyOf(vectors, size), weights, factors);
    GramianLine[] lines = new GramianLine[factors + 1];
    for (int k = 0; k < factors; k++) {
      lines[k] = new GramianLine(k, triangle[k]);
    }
    lines[factors] = new GramianLine(factors, new double[] {size, weightSum});
    return lines;
  }
}
