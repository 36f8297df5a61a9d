/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.util;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HashesTest {
  /** Savepoints hold these values: a change of the function would forget what users have seen. */
  @Test
  void hashesOfIdsNeverChange() {
    assertThat(Hashes.hash("")).isEqualTo(EMPTY);
    assertThat(Hashes.hash("item42")).isEqualTo(ITEM42);
  }

  private static final long EMPTY = 0xF52A15E9A9B5E89BL;
  private static final long ITEM42 = 0x9D7CB822814BCBBAL;

  @Test
  void differentIdsHaveDifferentHashes() {
    Set<Long> hashes = new HashSet<>();
    for (int i = 0; i < 200_000; i++) {
      hashes.add(Hashes.hash("item" + i));
    }
    assertThat(hashes).hasSize(200_000).doesNotContain(0L);
  }

  @Test
  void indexesBelowABoundAreEvenlySpread() {
    int[] counts = new int[10];
    long state = 1;
    for (int i = 0; i < 100_000; i++) {
      state = Hashes.advance(state);
      counts[Hashes.below(Hashes.mix(state), 10)]++;
    }
    for (int count : counts) {
      assertThat(count).isBetween(9_600, 10_400);
    }
  }

  @Test
  void aLargerShareDrawsTheSameIdsAndMore() {
    int[] drawn = new int[3];
    for (int i = 0; i < 20_000; i++) {
      String id = "user" + i;
      boolean tenth = Hashes.isSampled(id, 0.1);
      boolean half = Hashes.isSampled(id, 0.5);
      assertThat(!tenth || half).as(id).isTrue();
      assertThat(Hashes.isSampled(id, 0)).as(id).isFalse();
      assertThat(Hashes.isSampled(id, 1)).as(id).isTrue();
      drawn[0] += tenth ? 1 : 0;
      drawn[1] += half ? 1 : 0;
    }
    assertThat(drawn[0]).isBetween(1_800, 2_200);
    assertThat(drawn[1]).isBetween(9_700, 10_300);
  }
}
