/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.feature;

import io.github.flinkrecsys.core.feature.DecayedCount;

/** State of one item's popularity. Flink POJO, 28 bytes. */
public class PopularityState {
  /** The count in the stored form of {@link DecayedCount}. */
  public double stored = DecayedCount.EMPTY;

  /** Event time of the newest interaction. */
  public long asOfMillis;

  /** Interactions counted since the last value was sent. */
  public long unsent;

  /** Makes an empty count. */
  public PopularityState() {}
}
