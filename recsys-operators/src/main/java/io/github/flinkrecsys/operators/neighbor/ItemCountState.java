/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.neighbor;

import io.github.flinkrecsys.core.feature.DecayedCount;

/** How often an item was interacted with, as state. Flink POJO. */
public class ItemCountState {
  /** Decayed count in the stored form of {@link DecayedCount}. */
  public double count = DecayedCount.EMPTY;

  /** Event time of the newest interaction. */
  public long lastSeenMillis = Long.MIN_VALUE;

  /** Makes an empty count. */
  public ItemCountState() {}
}
