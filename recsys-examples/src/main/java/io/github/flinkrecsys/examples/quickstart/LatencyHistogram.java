/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import java.io.Serializable;

/** Counts of latencies in buckets that grow by 1/32: quantiles are exact to 3 %. */
final class LatencyHistogram implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int STEPS_BITS = 5;
  private static final int STEPS = 1 << STEPS_BITS;

  private final long[] counts = new long[64 * STEPS];
  private long total;

  void add(long nanos) {
    counts[bucket(nanos)]++;
    total++;
  }

  void add(LatencyHistogram other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    total += other.total;
  }

  /** Gives what was added since a copy of this was made. */
  LatencyHistogram since(LatencyHistogram earlier) {
    LatencyHistogram difference = new LatencyHistogram();
    for (int i = 0; i < counts.length; i++) {
      difference.counts[i] = counts[i] - earlier.counts[i];
    }
    difference.total = total - earlier.total;
    return difference;
  }

  /** Gives the latency that a share of all latencies does not exceed, or NaN if there are none. */
  double millisAt(double share) {
    long rank = Math.max(1, (long) Math.ceil(share * total));
    long seen = 0;
    for (int i = 0; total > 0 && i < counts.length; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return upperBound(i) / 1e6;
      }
    }
    return Double.NaN;
  }

  private static int bucket(long nanos) {
    long value = Math.max(nanos, 0);
    if (value < STEPS) {
      return (int) value;
    }
    int shift = 63 - Long.numberOfLeadingZeros(value) - STEPS_BITS;
    return (shift + 1) * STEPS + (int) ((value >>> shift) & (STEPS - 1));
  }

  private static double upperBound(int bucket) {
    if (bucket < STEPS) {
      return bucket;
    }
    int shift = bucket / STEPS - 1;
    return (double) (STEPS + bucket % STEPS + 1) * (1L << shift);
  }
}
