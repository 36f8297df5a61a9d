/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.als;

import io.github.flinkrecsys.core.replica.InitialFactors;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.core.util.Hashes;

/**
 * Solves rows of one side while the other side stands still, along its principal axes: the step
 * that {@link ImplicitAls} consists of, for whoever holds the rows elsewhere. Belongs to one
 * thread; holds 12 bytes * factors^2.
 */
public final class HalfSweep {
  private final ImplicitAlsConfig config;
  private final double[] gramian;
  private final long others;
  private final double[] diagonal;
  private final RowSolver solver;

  /**
   * Starts a half sweep.
   *
   * @param config hyperparameters
   * @param gramian diagonal of the standing rows' Gramian along their principal axes
   * @param others how many rows stand
   * @throws IllegalArgumentException if the diagonal is not {@code factors} long
   */
  public HalfSweep(ImplicitAlsConfig config, double[] gramian, long others) {
    this.config = Checks.notNull("config", config);
    Checks.require(gramian.length == config.factors(), "gramian", "one per factor", gramian.length);
    this.gramian = gramian;
    this.others = Checks.nonNegative("others", others);
    diagonal = new double[config.factors()];
    solver = new RowSolver(config.factors());
  }

  /**
   * Solves a row.
   *
   * @param standing rows of the other side, along their principal axes
   * @param columns holds which of them have been seen
   * @param from where they start
   * @param to after the last of them
   * @param weight of what this row has not seen, as a share of the unobserved weight
   * @param row receives the solution
   * @throws ArithmeticException if the rows have grown beyond all numbers
   * @implNote O(n * factors * min(n, factors)) time for n seen rows.
   */
  public void solve(
      float[][] standing, int[] columns, int from, int to, float weight, float[] row) {
    double ridge = ridge(to - from);
    for (int k = 0; k < diagonal.length; k++) {
      diagonal[k] = config.unobservedWeight() * weight * gramian[k] + ridge;
    }
    solver.solve(standing, columns, from, to, diagonal, row);
  }

  /** Regularization of a row, by how much is known of it. */
  private double ridge(int seen) {
    return config.regularization()
        * Math.pow(seen + config.unobservedWeight() * others, config.regularizationExponent());
  }

  /**
   * Gives the vector that an item starts with; from its id, so that it is the same wherever the
   * item stands.
   *
   * @param itemId of the item
   * @param config hyperparameters
   * @return a vector of its own
   */
  public static float[] initial(String itemId, ImplicitAlsConfig config) {
    float[] row = new float[config.factors()];
    double deviation = config.initialStandardDeviation() / Math.sqrt(row.length);
    InitialFactors.write(Hashes.hash(itemId), config.seed(), deviation, row, 0, row.length);
    return row;
  }

  /**
   * Weighs what was not seen of an item, before all weights are scaled so that their mean is 1.
   *
   * @param users who have seen the item, at least 1
   * @param config hyperparameters
   * @return positive
   */
  public static double popularityWeight(int users, ImplicitAlsConfig config) {
    return Math.pow(users, config.popularityExponent());
  }
}
