/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecayedCountTest {
  private static final long HOUR = 3_600_000;
  private final DecayedCount hourly = DecayedCount.withHalfLife(Duration.ofHours(1));

  @Test
  void oneEventCountsHalfAfterOneHalfLife() {
    long now = 1_700_000_000_000L;
    double stored = hourly.of(1, now);
    assertThat(hourly.valueAt(stored, now)).isCloseTo(1, within(1e-9));
    assertThat(hourly.valueAt(stored, now + HOUR)).isCloseTo(0.5, within(1e-9));
    assertThat(hourly.valueAt(stored, now + 3 * HOUR)).isCloseTo(0.125, within(1e-9));
  }

  @Test
  void sumsEqualTheNaiveSumInAnyOrder() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      long start = 1_700_000_000_000L;
      long end = start + 20 * HOUR;
      double forward = DecayedCount.EMPTY;
      double split = DecayedCount.EMPTY;
      double other = DecayedCount.EMPTY;
      double expected = 0;
      for (int i = 0; i < 50; i++) {
        long at = start + (long) (random.nextDouble() * 20 * HOUR);
        double weight = 0.1 + random.nextDouble() * 5;
        expected += weight * Math.pow(2, -(double) (end - at) / HOUR);
        double event = hourly.of(weight, at);
        forward = DecayedCount.add(forward, event);
        if (random.nextBoolean()) {
          split = DecayedCount.add(event, split);
        } else {
          other = DecayedCount.add(event, other);
        }
      }
      double united = DecayedCount.add(split, other);
      assertThat(hourly.valueAt(forward, end))
          .as("seed %d", seed)
          .isCloseTo(expected, within(expected * 1e-8));
      assertThat(hourly.valueAt(united, end))
          .as("seed %d", seed)
          .isCloseTo(expected, within(expected * 1e-8));
    }
  }

  @Test
  void countsWithoutDecayAreCounts() {
    DecayedCount never = DecayedCount.withHalfLife(DecayedCount.NEVER);
    double stored = DecayedCount.EMPTY;
    for (int i = 0; i < 1000; i++) {
      stored = DecayedCount.add(stored, never.of(1, i));
    }
    assertThat(never.valueAt(stored, 123)).isCloseTo(1000, within(1e-6));
    assertThat(never.reaches(stored, 0.01)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void emptyCountsAndWeightsThatAreNotPositiveAddNothing() {
    assertThat(DecayedCount.add(DecayedCount.EMPTY, DecayedCount.EMPTY))
        .isEqualTo(DecayedCount.EMPTY);
    assertThat(hourly.of(0, 5)).isEqualTo(DecayedCount.EMPTY);
    assertThat(hourly.of(-1, 5)).isEqualTo(DecayedCount.EMPTY);
    assertThat(hourly.valueAt(DecayedCount.EMPTY, 5)).isZero();
    double one = hourly.of(1, HOUR);
    assertThat(DecayedCount.add(one, DecayedCount.EMPTY)).isEqualTo(one);
  }

  @Test
  void eventsDecadesApartDoNotOverflow() {
    DecayedCount perMilli = DecayedCount.withHalfLife(Duration.ofMillis(1));
    double stored = DecayedCount.add(perMilli.of(1, 0), perMilli.of(1, 4_000_000_000_000L));
    assertThat(perMilli.valueAt(stored, 4_000_000_000_000L)).isCloseTo(1, within(1e-6));
  }

  @Test
  void tellsWhenTheFloorIsReached() {
    double stored = hourly.of(8, 10 * HOUR);
    long at = hourly.reaches(stored, 1);
    assertThat(at).isEqualTo(13 * HOUR);
    assertThat(hourly.valueAt(stored, at)).isLessThanOrEqualTo(1 + 1e-9);
    assertThat(hourly.valueAt(stored, at - 1)).isGreaterThan(1);
  }

  @Test
  void negativeHalfLifeIsRefused() {
    assertThatThrownBy(() -> DecayedCount.withHalfLife(Duration.ofMillis(-5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("halfLife must be between 1 ms and 35 million years, got PT-0.005S");
  }
}
