/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.als;

import io.github.flinkrecsys.core.replica.InitialFactors;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.core.util.Hashes;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Factorizes implicit feedback by alternating least squares: iALS with a weight for what was not
 * seen and regularization scaled by frequency.
 *
 * <p>With {@code alpha} the unobserved weight, {@code lambda} the regularization and {@code nu} its
 * exponent, it makes least
 *
 * <pre>
 * sum over seen (u,i) of (w_u . h_i - 1)^2  +  alpha * sum over all (u,i) of (w_u . h_i)^2
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
    float[][] users = new float[byUser.rowCount()][config.factors()];
    float[][] items = initial(interactions.itemIds());
    List<RowSolver> solvers =
        Stream.generate(() -> new RowSolver(config.factors())).limit(config.threads()).toList();
    try (Workers workers = new Workers(config.threads())) {
      for (int i = 0; i < config.iterations(); i++) {
        solve(users, byUser, items, workers, solvers);
        halfSweep.accept(users, items);
        solve(items, byItem, users, workers, solvers);
        halfSweep.accept(users, items);
      }
    }
    return new FactorModel(
        version, config.factors(), interactions.userIds(), users, interactions.itemIds(), items);
  }

  /** From the ids, so that an item starts the same wherever it stands. */
  private float[][] initial(List<String> ids) {
    double deviation = config.initialStandardDeviation() / Math.sqrt(config.factors());
    float[][] rows = new float[ids.size()][config.factors()];
    for (int r = 0; r < rows.length; r++) {
      InitialFactors.write(
          Hashes.hash(ids.get(r)), config.seed(), deviation, rows[r], 0, config.factors());
    }
    return rows;
  }

  private void solve(
      float[][] rows, SparseRows seen, float[][] others, Workers workers, List<RowSolver> solvers) {
    PrincipalAxes axes = PrincipalAxes.of(Gramian.of(others, config.factors(), workers));
    axes.apply(others, workers);
    workers.run(
        (rows.length + BLOCK - 1) / BLOCK,
        (worker, block) -> {
          double[] diagonal = new double[config.factors()];
          int to = Math.min(rows.length, (block + 1) * BLOCK);
          for (int r = block * BLOCK; r < to; r++) {
            double ridge = ridge(seen.length(r), others.length);
            for (int k = 0; k < diagonal.length; k++) {
              diagonal[k] = config.unobservedWeight() * axes.gramian()[k] + ridge;
            }
            solvers
                .get(worker)
                .solve(
                    others,
                    seen.columns(),
                    seen.starts()[r],
                    seen.starts()[r + 1],
                    diagonal,
                    rows[r]);
          }
        });
  }

  /** Regularization of a row, by how much is known of it. */
  private double ridge(int seen, int others) {
    return config.regularization()
        * Math.pow(seen + config.unobservedWeight() * others, config.regularizationExponent());
  }
}
