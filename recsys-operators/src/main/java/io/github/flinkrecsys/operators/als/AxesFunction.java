/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.als;

import io.github.flinkrecsys.core.als.PrincipalAxes;
import org.apache.flink.api.common.functions.MapPartitionFunction;
import org.apache.flink.util.Collector;

/** Finds the principal axes of a side from its whole Gramian; runs once. */
final class AxesFunction implements MapPartitionFunction<GramianLine, StandingAxes> {
  private static final long serialVersionUID = 1L;

  private final int factors;

  AxesFunction(int factors) {
    this.factors = factors;
  }

  @Override
  public void mapPartition(Iterable<GramianLine> lines, Collector<StandingAxes> out) {
    double[][] triangle = new double[factors][];
    double[] totals = null;
    for (GramianLine line : lines) {
      if (line.index() == factors) {
        totals = line.values();
      } else {
        triangle[line.index()] = line.values();
      }
    }
    if (totals == null) {
      return;
    }
    long rows = (long) totals[0];
    // Weights have their mean at 1; the rows are told so when they are turned.
    double scale = rows / totals[1];
    for (double[] line : triangle) {
      for (int k = 0; k < line.length; k++) {
        line[k] *= scale;
      }
    }
    PrincipalAxes axes = PrincipalAxes.of(triangle);
    out.collect(new StandingAxes(axes.gramian(), axes.turn(), rows, totals[1]));
  }
}
