/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PendingWritesTest {
  private final PendingWrites pending = new PendingWrites(2);

  @Test
  void singleWriteGoesAtOnceAndOthersGatherUntilItIsAcknowledged() {
    pending.offer(write("a", 1));
    List<PendingWrite> first = pending.takeBatch(0);
    assertThat(first).extracting(PendingWrite::key).containsExactly("a");
    pending.offer(write("b", 1));
    assertThat(pending.takeBatch(0)).isEmpty();
    pending.acknowledge(first.get(0));
    assertThat(pending.takeBatch(0)).extracting(PendingWrite::key).containsExactly("b");
  }

  @Test
  void fullBatchDoesNotWait() {
    pending.offer(write("a", 1));
    pending.takeBatch(0);
    pending.offer(write("b", 1));
    pending.offer(write("c", 1));
    assertThat(pending.takeBatch(0)).extracting(PendingWrite::key).containsExactly("b", "c");
    assertThat(pending.size()).isEqualTo(3);
  }

  @Test
  void newestOfAKeyIsKept() {
    assertThat(pending.offer(write("a", 2))).isFalse();
    assertThat(pending.offer(write("a", 1))).isTrue();
    PendingWrite equal = write("a", 2);
    assertThat(pending.offer(equal)).isTrue();
    assertThat(pending.takeBatch(0)).containsExactly(equal);
  }

  @Test
  void writeThatReturnsGivesWayToOneAsNew() {
    pending.offer(write("a", 2));
    PendingWrite returned = pending.takeBatch(0).get(0);
    PendingWrite waiting = write("a", 2);
    pending.offer(waiting);
    returned.failed(100, 50);
    assertThat(pending.putBack(returned)).isTrue();
    assertThat(pending.takeBatch(149)).isEmpty();
    assertThat(pending.takeBatch(150)).containsExactly(waiting);
    assertThat(waiting.failures()).isEqualTo(1);
    assertThat(waiting.failingForNanos(160)).isEqualTo(60);
  }

  @Test
  void writeThatReturnsReplacesAnOlderOne() {
    pending.offer(write("a", 2));
    PendingWrite returned = pending.takeBatch(0).get(0);
    pending.offer(write("a", 1));
    returned.failed(0, 0);
    assertThat(pending.putBack(returned)).isTrue();
    assertThat(pending.takeBatch(0)).containsExactly(returned);
  }

  /** Oracle: a map from key to the highest version offered, against what was acknowledged. */
  @Test
  void highestVersionArrivesWhateverFails() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      PendingWrites writes = new PendingWrites(1 + random.nextInt(4));
      Map<String, Long> highest = new HashMap<>();
      Map<String, Long> stored = new HashMap<>();
      List<PendingWrite> flying = new ArrayList<>();
      for (int step = 0; step < 200 || writes.size() > 0; step++) {
        if (step < 200) {
          PendingWrite write = write("k" + random.nextInt(5), random.nextInt(50));
          highest.merge(write.key(), write.version(), Math::max);
          writes.offer(write);
        }
        flying.addAll(writes.takeBatch(step));
        assertNoKeyTwice(flying, seed);
        if (!flying.isEmpty()) {
          land(flying.remove(random.nextInt(flying.size())), writes, stored, random, step);
        }
      }
      assertThat(stored).as("seed %d", seed).isEqualTo(highest);
    }
  }

  private static void land(
      PendingWrite write, PendingWrites writes, Map<String, Long> stored, Random random, int now) {
    if (random.nextInt(3) == 0) {
      write.failed(now, random.nextInt(5));
      writes.putBack(write);
    } else {
      stored.merge(write.key(), write.version(), Math::max);
      writes.acknowledge(write);
    }
  }

  private static void assertNoKeyTwice(List<PendingWrite> flying, long seed) {
    Set<String> keys = new HashSet<>();
    flying.forEach(write -> assertThat(keys.add(write.key())).as("seed %d", seed).isTrue());
  }

  private static PendingWrite write(String key, long version) {
    return new PendingWrite(key, version, new byte[0]);
  }
}
