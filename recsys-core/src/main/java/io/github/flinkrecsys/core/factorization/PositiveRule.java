/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.factorization;

import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.vector.VectorOps;
import java.util.Arrays;

/**
 * Stochastic gradient steps of ISGD for positive-only feedback.
 *
 * <p>Prediction: {@code p_u . q_i}, target 1. The item's step uses the user's vector after its own
 * step, as in the paper (Vinagre, Jorge and Gama, Fast incremental matrix factorization for
 * recommendation with positive-only feedback, 2014).
 */
final class PositiveRule implements LearningRule {
  private final FactorConfig config;
  private final float[] item;

  PositiveRule(FactorConfig config) {
    this.config = config;
    this.item = new float[config.factors()];
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
    int k = item.length;
    float[] rows = items.factors(slot);
    int row = items.offset(slot);
    System.arraycopy(rows, row, item, 0, k);
    float rate = (float) config.learningRate();
    float penalty = (float) config.regularization();
    int out = step.begin(slot);
    Arrays.fill(step.deltas, out, out + k + 1, 0f);
    for (int iteration = 0; iteration < config.iterations(); iteration++) {
      float error = Clip.toMagnitude(confidence * (1 - dot(user, item, k)), config.maxError());
      for (int f = 0; f < k; f++) {
        float p = user[f] + rate * (error * item[f] - penalty * user[f]);
        user[f] = p;
        float change = rate * (error * p - penalty * item[f]);
        item[f] += change;
        step.deltas[out + f] += change;
      }
    }
  }

  private static float dot(float[] a, float[] b, int k) {
    return VectorOps.dot(a, 0, b, 0, k);
  }
}
