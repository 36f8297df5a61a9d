/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.replica;

import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;

/**
 * Shape and bound of the item side.
 *
 * @param factors length of every factor vector, 0 to 4096; 0 where only popularity is wanted
 * @param initialDeviation standard deviation of the initial factors; in [0, 1]
 * @param seed of the initial factors
 * @param maxItems how many items are admitted; further ones are counted and not learned; default
 *     {@value #DEFAULT_MAX_ITEMS}
 */
public record ReplicaConfig(int factors, double initialDeviation, long seed, int maxItems)
    implements Serializable {
  /** Default of {@link #maxItems}. */
  public static final int DEFAULT_MAX_ITEMS = 1_000_000;

  /**
   * Checks.
   *
   * @param factors see the record
   * @param initialDeviation see the record
   * @param seed see the record
   * @param maxItems see the record
   * @throws IllegalArgumentException if one is out of range
   */
  public ReplicaConfig {
    Checks.between("factors", factors, 0, 4096);
    Checks.require(
        initialDeviation >= 0 && initialDeviation <= 1,
        "initialDeviation",
        "in [0.0, 1.0]",
        initialDeviation);
    Checks.between("maxItems", maxItems, 1, 1 << 28);
  }
}
