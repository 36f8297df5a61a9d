/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.factorization;

/** Factors of one user, as state. Flink POJO; {@code 4 * (factors + 1) + 33} bytes. */
public class UserFactors {
  /** Factors, then bias. */
  public float[] vector = new float[0];

  /** Interactions learned from. */
  public long steps;

  /** Event time of the newest interaction. */
  public long lastSeenMillis;

  /** Version of the newest offline model that had a vector for the user, 0 if none had. */
  public long modelVersion;

  /** Makes empty state, as Flink requires. */
  public UserFactors() {}

  /**
   * Makes the state of a new user.
   *
   * @param vector factors, then bias
   */
  public UserFactors(float[] vector) {
    this.vector = vector;
  }
}
