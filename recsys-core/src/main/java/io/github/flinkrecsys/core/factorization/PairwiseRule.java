/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.factorization;

import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.core.vector.VectorOps;

/**
 * Bayesian personalized ranking with sampled negatives, one after another.
 *
 * <p>Difference: {@code x = b_i - b_j + p_u . (q_i - q_j)}; each of {@code negatives} uniformly
 * sampled items {@code j != i} moves {@code p_u}, {@code q_i} and {@code q_j} along the gradient of
 * {@code ln sigma(x)} (Rendle, Freudenthaler, Gantner and Schmidt-Thieme, BPR, 2009). All three
 * vectors are read before any is written.
 */
final class PairwiseRule implements LearningRule {
  private final FactorConfig config;
  private final float[] item;
  private final float[] lead;

  PairwiseRule(FactorConfig config) {
    this.config = config;
    this.item = new float[config.factors()];
    this.lead = new float[config.factors()];
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
    System.arraycopy(items.factors(slot), items.offset(slot), item, 0, k);
    float bias = items.bias(slot);
    step.begin(slot);
    long state = sample;
    int size = items.size();
    for (int n = 0; n < config.negatives(); n++) {
      state = Hashes.advance(state);
      int other = Hashes.below(Hashes.mix(state), size);
      if (other != slot) {
        bias = pair(user, bias, other, confidence, items, step);
      }
    }
    float[] before = items.factors(slot);
    int row = items.offset(slot);
    for (int f = 0; f < k; f++) {
      step.deltas[f] = item[f] - before[row + f];
    }
    step.deltas[k] = bias - items.bias(slot);
  }

  private float pair(
      float[] user, float bias, int other, float confidence, ItemReplica items, FactorStep step) {
    int k = item.length;
    float[] rows = items.factors(other);
    int row = items.offset(other);
    float otherBias = items.bias(other);
    for (int f = 0; f < k; f++) {
      lead[f] = item[f] - rows[row + f];
    }
    float difference = bias - otherBias + VectorOps.dot(user, 0, lead, 0, k);
    float slope = Clip.toMagnitude(confidence * sigmoid(-difference), config.maxError());
    float rate = (float) config.learningRate();
    float penalty = (float) config.regularization();
    int out = step.begin(other);
    for (int f = 0; f < k; f++) {
      float p = user[f];
      float q = item[f];
      float r = rows[row + f];
      user[f] = p + rate * (slope * lead[f] - penalty * p);
      item[f] = q + rate * (slope * p - penalty * q);
      step.deltas[out + f] = rate * (-slope * p - penalty * r);
    }
    float biasRate = (float) config.biasLearningRate();
    step.deltas[out + k] = biasRate * (-slope - penalty * otherBias);
    return bias + biasRate * (slope - penalty * bias);
  }

  private static float sigmoid(float x) {
    return (float) (1 / (1 + Math.exp(-x)));
  }
}
