/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.als;

import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Tells every block what it must know of all standing rows. */
final class SpectrumFunction implements FlatMapFunction<StandingAxes, BlockInput> {
  private static final long serialVersionUID = 1L;

  private final int blocks;

  SpectrumFunction(int blocks) {
    this.blocks = blocks;
  }

  @Override
  public void flatMap(StandingAxes axes, Collector<BlockInput> out) {
    Spectrum spectrum = new Spectrum(axes.gramian(), axes.rows());
    for (int block = 0; block < blocks; block++) {
      out.collect(BlockInput.of(block, spectrum));
    }
  }
}
