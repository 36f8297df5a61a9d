/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.neighbor;

import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.util.FastMath;
import java.util.Arrays;

/**
 * By how much each item's count holds its weights back, remembered until the item is used again or
 * the count has decayed by 0.3 %: a query asks for thousands, and computing them took half of it.
 *
 * <p>Any number of threads may read and write; what a race loses is computed again.
 */
final class Dampings {
  /** Parts of a half-life for which a value is kept. */
  private static final int PARTS = 256;

  private record Cache(float[] values, long[] periods) {}

  private final NeighborConfig config;
  private final ItemReplica items;
  private final DecayedCount decay;
  private volatile Cache cache = new Cache(new float[1024], new long[1024]);

  Dampings(NeighborConfig config, ItemReplica items, DecayedCount decay) {
    this.config = config;
    this.items = items;
    this.decay = decay;
  }

  /** Dampings as of one time. */
  final class AsOf {
    private final long atMillis;
    private final long period;

    private AsOf(long atMillis) {
      this.atMillis = atMillis;
      // 0 stands for "forgotten".
      this.period =
          decay.halfLifeMillis() == 0
              ? 1
              : 1 + atMillis / Math.max(1, decay.halfLifeMillis() / PARTS);
    }

    float of(int slot) {
      Cache current = cache;
      if (slot >= current.values.length) {
        current = grow(slot);
      }
      if (current.periods[slot] != period) {
        current.values[slot] = compute(slot, atMillis);
        current.periods[slot] = period;
      }
      return current.values[slot];
    }
  }

  AsOf at(long atMillis) {
    return new AsOf(atMillis);
  }

  private float compute(int slot, long atMillis) {
    double count =
        FastMath.exp2(items.popularity(slot) - decay.logAt(atMillis)) + config.shrinkage();
    return count > 0 ? (float) Math.pow(count, -config.exponent()) : 0;
  }

  void forget(int slot) {
    Cache current = cache;
    if (slot < current.periods.length) {
      current.periods[slot] = 0;
    }
  }

  private synchronized Cache grow(int slot) {
    Cache current = cache;
    if (slot >= current.values.length) {
      int length = Math.max(slot + 1, current.values.length * 2);
      current =
          new Cache(Arrays.copyOf(current.values, length), Arrays.copyOf(current.periods, length));
      cache = current;
    }
    return current;
  }
}
