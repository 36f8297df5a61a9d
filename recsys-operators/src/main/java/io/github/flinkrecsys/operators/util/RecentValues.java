/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.util;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.HistogramStatistics;

/**
 * A histogram of the newest {@value #CAPACITY} values, exact among them.
 *
 * <p>One thread updates, in a few nanoseconds; any other may read, and may miss the newest values.
 * Takes 8 KiB.
 */
public final class RecentValues implements Histogram {
  static final int CAPACITY = 1024;

  private final long[] values = new long[CAPACITY];
  private volatile long count;

  /** Makes an empty histogram. */
  public RecentValues() {}

  @Override
  public void update(long value) {
    long n = count;
    values[(int) (n % CAPACITY)] = value;
    // Publishes the value, too. There is no other writer.
    count = n + 1;
  }

  @Override
  public long getCount() {
    return count;
  }

  @Override
  public HistogramStatistics getStatistics() {
    long[] sorted = Arrays.copyOf(values, (int) Math.min(count, CAPACITY));
    Arrays.sort(sorted);
    return new Statistics(sorted);
  }

  private static final class Statistics extends HistogramStatistics {
    private final long[] sorted;

    private Statistics(long[] sorted) {
      this.sorted = sorted;
    }

    @Override
    public double getQuantile(double quantile) {
      // The smallest value that at least this share does not exceed.
      int rank = (int) Math.ceil(quantile * sorted.length);
      return sorted.length == 0 ? 0 : sorted[Math.max(0, rank - 1)];
    }

    @Override
    public long[] getValues() {
      return sorted.clone();
    }

    @Override
    public int size() {
      return sorted.length;
    }

    @Override
    public double getMean() {
      return LongStream.of(sorted).average().orElse(0);
    }

    @Override
    public double getStdDev() {
      double mean = getMean();
      double squares = LongStream.of(sorted).mapToDouble(v -> (v - mean) * (v - mean)).sum();
      return sorted.length < 2 ? 0 : Math.sqrt(squares / (sorted.length - 1));
    }

    @Override
    public long getMax() {
      return sorted.length == 0 ? 0 : sorted[sorted.length - 1];
    }

    @Override
    public long getMin() {
      return sorted.length == 0 ? 0 : sorted[0];
    }
  }
}
