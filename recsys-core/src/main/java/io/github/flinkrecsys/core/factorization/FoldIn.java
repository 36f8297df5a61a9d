/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.factorization;

import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.util.Checks;

/**
 * Vectors for users who have none, from the items that they have turned to: the steps of the
 * learning rule, with the items left as they are. Belongs to one thread.
 *
 * @see <a href="https://doi.org/10.1145/1454008.1454047">Rendle and Schmidt-Thieme, Online-updating
 *     regularized kernel matrix factorization models, 2008</a>
 */
public final class FoldIn {
  /** With fewer, a user of one item hardly leaves the start; more change little. */
  private static final int PASSES = 10;

  private final FactorConfig config;
  private final FactorTrainer trainer;

  /**
   * Makes a fold-in.
   *
   * @param config hyperparameters of the model
   */
  public FoldIn(FactorConfig config) {
    this.config = Checks.notNull("config", config);
    this.trainer = new FactorTrainer(config);
  }

  /**
   * Makes a vector.
   *
   * @param userId who; seeds the start and the negative samples, may be empty
   * @param slots of the items, oldest first
   * @param count how many there are
   * @param items the item side, read only
   * @return factors, then bias, or null for a model of ratings, since no rating is known
   * @implNote O(count) steps, ten for each item.
   */
  public float[] vector(String userId, int[] slots, int count, ItemReplica items) {
    if (config.objective() == Objective.RATING) {
      return null;
    }
    float[] user = trainer.newUser(userId);
    long step = 0;
    for (int pass = 0; pass < PASSES; pass++) {
      for (int i = 0; i < count; i++) {
        trainer.train(user, userId, step++, slots[i], 1, 1, items);
      }
    }
    return user;
  }
}
