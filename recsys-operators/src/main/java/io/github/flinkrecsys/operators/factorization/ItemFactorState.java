/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.factorization;

/** State of one item at its owner. Flink POJO; {@code 4 * (factors + 1) + 33} bytes. */
public class ItemFactorState {
  /** Factors, then bias. */
  public float[] values = new float[0];

  /** Interactions learned from. */
  public long updates;

  /** Deltas added since the last value was sent. */
  public long unsent;

  /** Version of the newest offline model that had a vector for the item, 0 if none had. */
  public long modelVersion;

  /** Makes empty state, as Flink requires. */
  public ItemFactorState() {}
}
