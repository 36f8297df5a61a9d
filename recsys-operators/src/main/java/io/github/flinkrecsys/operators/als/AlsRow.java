/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.als;

/**
 * A user or an item on its way through the sweeps.
 *
 * @param block where it is solved
 * @param position its place among the rows of its block, by id
 * @param id of the user or item
 * @param seen places of the rows of the other side that it is paired with, as its block numbers
 *     them: see {@link BlockRow}
 * @param targets the blocks of the other side that need this row, each in the high 32 bits, and its
 *     number there in the low ones
 * @param weight of what it has not seen, as a share of the unobserved weight
 * @param vector empty while the row waits to be solved
 */
public record AlsRow(
    int block,
    int position,
    String id,
    long[] seen,
    long[] targets,
    double weight,
    float[] vector) {
  static final float[] NO_VECTOR = {};

  AlsRow with(double newWeight, float[] newVector) {
    return new AlsRow(block, position, id, seen, targets, newWeight, newVector);
  }
}
