/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.als;

import io.github.flinkrecsys.core.util.Checks;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Factorizes implicit feedback by alternating least squares: iALS with a weight for what was not
 * seen and regularization scaled by frequency.
 *
 * <p>With {@code alpha} the unobserved weight, {@code c_i} the share of it that falls to item i, in
 * proportion to the number of its users to the power of the popularity exponent and 1 in the mean,
 * {@code lambda} the regularization and {@code nu} its exponent, it makes least
 *
 * <pre>
 * sum over seen (u,i) of (w_u . h_i - 1)^2  +  alpha * sum over all (u,i) of c_i * (w_u . h_i)^2
 *   + lambda * sum over u of (items seen by u + alpha * all items)^nu * |w_u|^2
 *   + lambda * sum over i of (users who saw i + alpha * all users)^nu * |h_i|^2
 * </pre>
 *
 * <p>A sweep solves all users exactly while the items stand still, then all items while the users
 * do; no such half ever raises the sum. The same interactions in the same order, and the same
 * config, give the same model to the last bit for any number of threads, as long as {@link
 * io.github.flinkrecsys.core.vector.VectorOps} uses the same kernels.
 *
 * <p>Memory besides the {@link InteractionMatrix}: its transpose (4 bytes per pair and per item),
 * the model (4 bytes * factors and about 24 more, per user and per item), 12 bytes * factors^2 per
 * thread, and 192 bytes * factors^2 once. A full heap is the only limit.
 *
 * @see <a href="https://doi.org/10.1145/3523227.3548486">Rendle, Krichene, Zhang and Koren,
 *     Revisiting the Performance of iALS on Item Recommendation Benchmarks, 2022</a>
 * @see <a href="https://doi.org/10.1109/ICDM.2008.22">Hu, Koren and Volinsky, Collaborative
 *     Filtering for Implicit Feedback Datasets, 2008</a>
 * @see <a href="https://doi.org/10.1145/2911451.2911489">He, Zhang, Kan and Chua, Fast Matrix
 *     Factorization for Online Recommendation with Implicit Feedback, 2016</a>, for the weight by
 *     popularity
 */
public final class ImplicitAls {
  /** Rows in one task: few enough to share out, many enough not to queue for them. */
  private static final int BLOCK = 64;

  private final ImplicitAlsConfig config;

  /**
   * Makes a trainer, which may train several times.
   *
   * @param config hyperparameters
   */
  public ImplicitAls(ImplicitAlsConfig config) {
    this.config = Checks.notNull("config", config);
  }

  /**
   * Trains on threads of its own and waits for them.
   *
   * @param interactions who has turned to what
   * @param version of the model, not negative
   * @return the model; its axes are the principal ones of the items' vectors or close to them
   * @throws IllegalArgumentException if the version is negative
   * @throws IllegalStateException if the thread is interrupted meanwhile, or if the factors grow
   *     beyond all numbers, as they may with next to no regularization
   * @implNote Per sweep and side O(rows * factors^2 + pairs * factors * min(length of a row,
   *     factors) + factors^3) time.
   */
  public FactorModel train(InteractionMatrix interactions, long version) {
    return train(interactions, version, (users, items) -> {});
  }

  /** Trains, and shows users and items after every half sweep. */
  FactorModel train(
      InteractionMatrix interactions, long version, BiConsumer<float[][], float[][]> halfSweep) {
    Checks.nonNegative("version", version);
    SparseRows byUser = interactions.byUser();
    SparseRows byItem = byUser.transposed(interactions.itemIds().size());
    float[] userWeights = new float[byUser.rowCount()];
    Arrays.fill(userWeights, 1f);
    float[] itemWeights = popularityWeights(byItem);
    float[][] users = new float[byUser.rowCount()][config.factors()];
    float[][] items =
        interactions.itemIds().stream()
            .map(id -> HalfSweep.initial(id, config))
            .toArray(float[][]::new);
    try (Workers workers = new Workers(config.threads())) {
      for (int i = 0; i < config.iterations(); i++) {
        solve(users, userWeights, byUser, items, itemWeights, workers);
        halfSweep.accept(users, items);
        solve(items, itemWeights, byItem, users, userWeights, workers);
        halfSweep.accept(users, items);
      }
    }
    return new FactorModel(
        version, config.factors(), interactions.userIds(), users, interactions.itemIds(), items);
  }

  private float[] popularityWeights(SparseRows byItem) {
    double[] weights = new double[byItem.rowCount()];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = HalfSweep.popularityWeight(byItem.length(i), config);
      sum += weights[i];
    }
    float[] scaled = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      scaled[i] = (float) (weights[i] * weights.length / sum);
    }
    return scaled;
  }

  private void solve(
      float[][] rows,
      float[] weights,
      SparseRows seen,
      float[][] others,
      float[] otherWeights,
      Workers workers) {
    PrincipalAxes axes =
        PrincipalAxes.of(Gramian.of(others, otherWeights, config.factors(), workers));
    axes.apply(others, workers);
    List<HalfSweep> halves =
        Stream.generate(() -> new HalfSweep(config, axes.gramian(), others.length))
            .limit(config.threads())
            .toList();
    workers.run(
        (rows.length + BLOCK - 1) / BLOCK,
        (worker, block) -> {
          int to = Math.min(rows.length, (block + 1) * BLOCK);
          for (int r = block * BLOCK; r < to; r++) {
            int[] starts = seen.starts();
            halves
                .get(worker)
                .solve(others, seen.columns(), starts[r], starts[r + 1], weights[r], rows[r]);
          }
        });
  }
}
