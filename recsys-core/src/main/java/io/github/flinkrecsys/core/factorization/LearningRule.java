/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.factorization;

import io.github.flinkrecsys.core.replica.ItemReplica;

/** One way to learn from one interaction. Holds hyperparameters only. */
interface LearningRule {
  /**
   * Computes a step: writes the user's new vector to {@code user} and the item deltas to {@code
   * step}.
   *
   * @param user factors, then bias; modified
   * @param slot of the item
   * @param rating of the interaction
   * @param confidence how much it counts, positive
   * @param sample state of the generator of negatives
   * @param items read only
   * @param step empty; filled
   */
  void step(
      float[] user,
      int slot,
      float rating,
      float confidence,
      long sample,
      ItemReplica items,
      FactorStep step);
}
