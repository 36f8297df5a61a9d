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

  /** Set in every period, so that none is 0. */
  private static final int KNOWN = Integer.MIN_VALUE;

  private final NeighborConfig config;
  private final ItemReplica items;
  private final DecayedCount decay;

  /** The period in the upper half, 0 for "forgotten"; the bits of the value in the lower. */
  private volatile long[] cache = new long[1024];

  Dampings(NeighborConfig config, ItemReplica items, DecayedCount decay) {
    this.config = config;
    this.items = items;
    this.decay = decay;
  }

  /** Dampings as of one time. */
  final class AsOf {
    private final long atMillis;
    private final int period;

    private AsOf(long atMillis) {
      this.atMillis = atMillis;
      long periods =
          decay.halfLifeMillis() == 0 ? 0 : atMillis / Math.max(1, decay.halfLifeMillis() / PARTS);
      this.period = (int) periods | KNOWN;
    }

    float of(int slot) {
      long[] current = cache;
      if (slot >= current.length) {
        current = grow(slot);
      }
      long known = current[slot];
      if ((int) (known >>> 32) == period) {
        return Float.intBitsToFloat((int) known);
      }
      float value = compute(slot, atMillis);
      current[slot] = (long) period << 32 | Float.floatToRawIntBits(value) & 0xffffffffL;
      return value;
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
    long[] current = cache;
    if (slot < current.length) {
      current[slot] = 0;
    }
  }

  private synchronized long[] grow(int slot) {
    if (slot >= cache.length) {
      cache = Arrays.copyOf(cache, Math.max(slot + 1, cache.length * 2));
    }
    return cache;
  }
}
