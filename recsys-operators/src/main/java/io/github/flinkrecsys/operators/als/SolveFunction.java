/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.als;

import io.github.flinkrecsys.core.als.HalfSweep;
import io.github.flinkrecsys.core.als.ImplicitAlsConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.functions.MapPartitionFunction;
import org.apache.flink.util.Collector;

/** Solves the rows of a block, once it holds the rows of the other side that they need. */
final class SolveFunction implements MapPartitionFunction<BlockInput, AlsRow> {
  private static final long serialVersionUID = 1L;

  private final ImplicitAlsConfig config;

  SolveFunction(ImplicitAlsConfig config) {
    this.config = config;
  }

  @Override
  public void mapPartition(Iterable<BlockInput> inputs, Collector<AlsRow> out) {
    List<AlsRow> rows = new ArrayList<>();
    List<BlockRow> standing = new ArrayList<>();
    Spectrum spectrum = null;
    for (BlockInput input : inputs) {
      if (input.row() != null) {
        rows.add(input.row());
      } else if (input.standing() != null) {
        standing.add(input.standing());
      } else {
        spectrum = input.spectrum();
      }
    }
    if (rows.isEmpty()) {
      return;
    }
    standing.sort(Comparator.comparingLong(BlockRow::place));
    long[] places = standing.stream().mapToLong(BlockRow::place).toArray();
    float[][] vectors = standing.stream().map(BlockRow::vector).toArray(float[][]::new);
    HalfSweep half = new HalfSweep(config, spectrum.gramian(), spectrum.rows());
    for (AlsRow row : rows) {
      int[] columns =
          Arrays.stream(row.seen()).mapToInt(p -> Arrays.binarySearch(places, p)).toArray();
      float[] vector = new float[config.factors()];
      half.solve(vectors, columns, 0, columns.length, (float) row.weight(), vector);
      out.collect(row.with(row.weight(), vector));
    }
  }
}
