/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.factorization;

import io.github.flinkrecsys.core.replica.ItemDeltaBuffer;
import io.github.flinkrecsys.core.replica.ItemReplica;

/**
 * Item deltas of one step: scratch memory that a {@link FactorTrainer} fills and its caller
 * applies. Row 0 is the item that the user interacted with. Belongs to one thread.
 */
public final class FactorStep {
  private final int stride;
  final int[] slots;
  final float[] deltas;
  int rows;

  FactorStep(int factors, int maxRows) {
    stride = factors + 1;
    slots = new int[maxRows];
    deltas = new float[maxRows * stride];
  }

  int begin(int slot) {
    slots[rows] = slot;
    return rows++ * stride;
  }

  boolean isFinite() {
    return Finite.isFinite(deltas, rows * stride);
  }

  /**
   * Counts the items of the step; the same one may be among them twice.
   *
   * @return number of rows
   */
  public int rows() {
    return rows;
  }

  /**
   * Names an item of the step.
   *
   * @param row 0 for the item that the user interacted with
   * @return its slot
   */
  public int slot(int row) {
    return slots[row];
  }

  /**
   * Adds the deltas to a replica.
   *
   * @param replica to be changed, and read by the next step
   * @param popularity what the interaction adds to its item's popularity, stored form
   */
  public void applyTo(ItemReplica replica, double popularity) {
    replica.add(slots[0], deltas, 0, popularity);
    for (int row = 1; row < rows; row++) {
      replica.addFactors(slots[row], deltas, row * stride);
    }
  }

  /**
   * Adds the deltas to a buffer.
   *
   * @param buffer that gathers them for others
   * @param popularity what the interaction adds to its item's popularity, stored form
   */
  public void gatherIn(ItemDeltaBuffer buffer, double popularity) {
    buffer.add(slots[0], deltas, 0, 1, popularity);
    for (int row = 1; row < rows; row++) {
      buffer.addFactors(slots[row], deltas, row * stride);
    }
  }
}
