/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.factorization;

import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.vector.VectorOps;

/**
 * Stochastic gradient step of biased matrix factorization.
 *
 * <p>Prediction: {@code mean + b_u + b_i + p_u . q_i}. Both vectors are read before either is
 * written, so the step is the simultaneous update of Koren, Bell and Volinsky (2009).
 */
final class RatingRule implements LearningRule {
  private final FactorConfig config;
  private final float unit;

  RatingRule(FactorConfig config) {
    this.config = config;
    this.unit = config.ratings().unit();
  }

  float predict(float[] user, int slot, ItemReplica items) {
    int k = user.length - 1;
    float aboveMean =
        user[k]
            + items.bias(slot)
            + VectorOps.dot(user, 0, items.factors(slot), items.offset(slot), k);
    return items.ratingMean().get() + unit * aboveMean;
  }

  @Override
  public void step(
      float[] user,
      int slot,
      float rating,
      float confidence,
      long sample,
      ItemReplica items,
      FactorStep step) {
    int k = user.length - 1;
    float[] rows = items.factors(slot);
    int row = items.offset(slot);
    float error =
        Clip.toMagnitude(
            confidence * (rating - predict(user, slot, items)) / unit, config.maxError());
    float rate = (float) config.learningRate();
    float biasRate = (float) config.biasLearningRate();
    float penalty = (float) config.regularization();
    int out = step.begin(slot);
    for (int f = 0; f < k; f++) {
      float p = user[f];
      float q = rows[row + f];
      user[f] = p + rate * (error * q - penalty * p);
      step.deltas[out + f] = rate * (error * p - penalty * q);
    }
    step.deltas[out + k] = biasRate * (error - penalty * items.bias(slot));
    user[k] += biasRate * (error - penalty * user[k]);
  }
}
