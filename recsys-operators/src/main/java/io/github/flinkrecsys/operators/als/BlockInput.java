/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.als;

/**
 * Something that a block needs to be solved; all but one of the last three are null.
 *
 * @param block that it is for
 * @param row to be solved
 * @param standing a row of the other side
 * @param spectrum of all rows of the other side
 */
public record BlockInput(int block, AlsRow row, BlockRow standing, Spectrum spectrum) {
  static BlockInput of(AlsRow row) {
    return new BlockInput(row.block(), row, null, null);
  }

  static BlockInput of(int block, BlockRow standing) {
    return new BlockInput(block, null, standing, null);
  }

  static BlockInput of(int block, Spectrum spectrum) {
    return new BlockInput(block, null, null, spectrum);
  }
}
