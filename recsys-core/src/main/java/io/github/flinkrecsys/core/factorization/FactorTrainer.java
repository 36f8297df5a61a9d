/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.factorization;

import io.github.flinkrecsys.core.replica.InitialFactors;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.replica.ReplicaConfig;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.core.vector.VectorOps;

/**
 * Learns factors from one interaction at a time. The operators and the sequential reference run
 * this same class; they differ only in where the deltas go.
 *
 * <p>Holds hyperparameters and scratch memory; belongs to one thread.
 */
public final class FactorTrainer {
  private final FactorConfig config;
  private final LearningRule rule;
  private final RatingRule ratings;
  private final FactorStep step;
  private final float[] before;

  /**
   * Makes a trainer.
   *
   * @param config hyperparameters
   */
  public FactorTrainer(FactorConfig config) {
    this.config = config;
    this.ratings = new RatingRule(config);
    this.rule =
        switch (config.objective()) {
          case RATING -> ratings;
          case POSITIVE -> new PositiveRule(config);
          case PAIRWISE -> new PairwiseRule(config);
        };
    this.step = new FactorStep(config.factors(), 1 + config.negatives());
    this.before = new float[config.factors() + 1];
  }

  /**
   * Gives the shape of the item side that fits.
   *
   * @param config hyperparameters
   * @param maxItems how many items are admitted
   * @return shape, initial deviation and seed of the model's item side
   */
  public static ReplicaConfig replicaConfig(FactorConfig config, int maxItems) {
    return new ReplicaConfig(config.factors(), config.initialDeviation(), config.seed(), maxItems);
  }

  /**
   * Makes the vector of a user who is seen for the first time.
   *
   * @param userId who
   * @return factors, then bias 0: length {@code factors + 1}
   */
  public float[] newUser(String userId) {
    float[] user = new float[config.factors() + 1];
    // Another seed than the items', or user "1" would start as item "1" does.
    InitialFactors.write(
        Hashes.hash(userId), ~config.seed(), config.initialDeviation(), user, 0, config.factors());
    return user;
  }

  /**
   * Predicts the rating that a user gives to an item.
   *
   * @param user factors, then bias
   * @param slot of the item
   * @param items the item side
   * @return {@code mean + unit * (b_u + b_i + p_u . q_i)}, in rating units; {@code unit} is a
   *     quarter of {@link FactorConfig#ratings}
   */
  public float predictRating(float[] user, int slot, ItemReplica items) {
    return ratings.predict(user, slot, items);
  }

  /**
   * Scores an item for a user; only the order of scores of one user has a meaning.
   *
   * @param user factors, then bias
   * @param slot of the item
   * @param items the item side
   * @return {@code b_i + p_u . q_i}
   */
  public static float score(float[] user, int slot, ItemReplica items) {
    return items.bias(slot)
        + VectorOps.dot(user, 0, items.factors(slot), items.offset(slot), user.length - 1);
  }

  /**
   * Learns from one interaction: changes the user's vector and computes the item deltas.
   *
   * <p>A step that would make a value that is not finite changes nothing.
   *
   * @param user factors, then bias; modified in place
   * @param userId who; seeds the negative samples
   * @param stepNumber how many steps this user made before; seeds the negative samples
   * @param slot of the item
   * @param rating of the interaction, for {@link Objective#RATING}; finite
   * @param confidence how much the interaction counts, positive; multiplies the error
   * @param items the item side, read only
   * @return the item deltas, valid until the next call, or null if the step was skipped
   * @implNote O(factors * (1 + negatives)) or O(factors * iterations); no allocation.
   */
  public FactorStep train(
      float[] user,
      String userId,
      long stepNumber,
      int slot,
      float rating,
      float confidence,
      ItemReplica items) {
    System.arraycopy(user, 0, before, 0, user.length);
    step.rows = 0;
    rule.step(user, slot, rating, confidence, sample(userId, stepNumber), items, step);
    if (!step.isFinite() || !Finite.isFinite(user, user.length)) {
      System.arraycopy(before, 0, user, 0, user.length);
      return null;
    }
    return step;
  }

  private long sample(String userId, long stepNumber) {
    return config.objective() == Objective.PAIRWISE
        ? Hashes.mix(Hashes.hash(userId) + config.seed()) + Hashes.mix(stepNumber)
        : 0;
  }
}
