/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenSessionTest {
  private static final long GAP = 10;

  /** Against a list that is cut from scratch after every event. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void holdsTheNewestItemsSinceTheLastPause(long seed) {
    Random random = new Random(seed);
    OpenSession session = new OpenSession();
    List<Long> expected = new ArrayList<>();
    long newest = Long.MIN_VALUE;
    long now = 1000;
    for (int n = 0; n < 500; n++) {
      now += random.nextInt(14);
      long at = random.nextInt(5) == 0 ? now - random.nextInt(30) : now;
      if (expected.isEmpty() || at > newest - GAP) {
        if (!expected.isEmpty() && at - newest >= GAP) {
          expected.clear();
        }
        expected.add((long) n);
        newest = Math.max(newest, at);
      }
      while (expected.size() > 5) {
        expected.remove(0);
      }
      session.add(n, at, GAP, 5);
      assertThat(Arrays.stream(session.hashes, 0, session.count).boxed().toList())
          .as("seed %d, event %d", seed, n)
          .isEqualTo(expected);
      assertThat(session.isOpen(newest + GAP - 1, GAP)).isTrue();
      assertThat(session.isOpen(newest + GAP, GAP)).isFalse();
    }
  }
}
