/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.util;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.apache.flink.metrics.HistogramStatistics;
import org.junit.jupiter.api.Test;

class RecentValuesTest {
  @Test
  void isZeroWhileThereIsNoValue() {
    HistogramStatistics none = new RecentValues().getStatistics();
    assertThat(none.size()).isZero();
    assertThat(none.getQuantile(0.5)).isZero();
    assertThat(none.getMean()).isZero();
    assertThat(none.getStdDev()).isZero();
    assertThat(none.getMin()).isZero();
    assertThat(none.getMax()).isZero();
  }

  @Test
  void ordersFewValues() {
    RecentValues values = new RecentValues();
    for (long value : new long[] {4, 1, 3, 2}) {
      values.update(value);
    }
    HistogramStatistics four = values.getStatistics();
    assertThat(four.getValues()).containsExactly(1, 2, 3, 4);
    assertThat(four.getQuantile(0)).isEqualTo(1);
    assertThat(four.getQuantile(0.5)).isEqualTo(2);
    assertThat(four.getQuantile(0.51)).isEqualTo(3);
    assertThat(four.getQuantile(1)).isEqualTo(4);
    assertThat(four.getMean()).isEqualTo(2.5);
    assertThat(four.getStdDev()).isCloseTo(Math.sqrt(5 / 3.0), within(1e-12));
    assertThat(four.getMin()).isEqualTo(1);
    assertThat(four.getMax()).isEqualTo(4);
  }

  @Test
  void keepsTheNewestAndCountsAll() {
    for (long seed = 0; seed < 20; seed++) {
      RecentValues values = new RecentValues();
      int count = RecentValues.CAPACITY + (int) seed * 100;
      long[] all = new Random(seed).longs(count, 0, 1_000).toArray();
      Arrays.stream(all).forEach(values::update);
      long[] newest = Arrays.copyOfRange(all, count - RecentValues.CAPACITY, count);
      Arrays.sort(newest);
      assertThat(values.getCount()).as("seed %d", seed).isEqualTo(count);
      assertThat(values.getStatistics().getValues()).as("seed %d", seed).isEqualTo(newest);
    }
  }
}
