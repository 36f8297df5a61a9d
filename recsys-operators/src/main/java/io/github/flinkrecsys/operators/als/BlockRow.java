/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.als;

/**
 * A standing row, sent to a block that needs it.
 *
 * @param place the block that it comes from in the high 32 bits; in the low ones its number among
 *     those rows of that block which the receiver needs, by id. Both sides count for themselves,
 *     since both know the pairs, so no id and no global number travels
 * @param vector along the principal axes
 */
public record BlockRow(long place, float[] vector) {
  static long place(int block, int number) {
    return (long) block << 32 | number;
  }

  static int block(long place) {
    return (int) (place >>> 32);
  }
}
