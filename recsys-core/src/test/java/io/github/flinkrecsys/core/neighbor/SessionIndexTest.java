/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.neighbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SessionIndexTest {
  private static IndexedSession session(String id, long end, String... items) {
    return IndexedSession.of(id, items, end);
  }

  private static SessionIndex index(int maxSessions, int maxSessionLength) {
    return new SessionIndex(
        SessionIndexConfig.builder()
            .maxSessions(maxSessions)
            .maxSessionLength(maxSessionLength)
            .build());
  }

  @Test
  void aSessionCountsOnceAndKeepsItsLastItems() {
    SessionIndex index = index(10, 2);
    assertThat(index.add(session("s", 5, "a", "b", "c"))).isTrue();
    assertThat(index.add(session("s", 5, "a", "b", "c"))).isFalse();
    assertThat(index.sessions(0, 1)).containsExactly(session("s", 5, "b", "c"));
    assertThat(index.itemCount()).isEqualTo(2);
  }

  @Test
  void theOldestGoesAndItsItemsWithIt() {
    SessionIndex index = index(2, 10);
    index.add(session("new", 30, "a"));
    index.add(session("old", 10, "b", "b", "a"));
    assertThat(index.add(session("middle", 20, "c"))).isTrue();
    assertThat(index.sessions(0, 1))
        .containsExactly(session("middle", 20, "c"), session("new", 30, "a"));
    assertThat(index.itemCount()).isEqualTo(2);
    assertThat(index.add(session("older", 1, "d"))).as("older than all of a full index").isFalse();
    assertThat(index.itemCount()).isEqualTo(2);
  }

  @Test
  void whatIsRememberedDoesNotDependOnTheOrderOfArrival() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      List<IndexedSession> sessions = randomSessions(random, 200, 30);
      List<IndexedSession> newest = new ArrayList<>(sessions);
      newest.sort(
          Comparator.comparingLong(IndexedSession::endMillis)
              .thenComparingLong(IndexedSession::idHash));
      Collections.shuffle(sessions, random);
      SessionIndex index = index(60, 10);
      sessions.forEach(index::add);
      assertThat(index.sessions(0, 1)).as("seed %d", seed).isEqualTo(newest.subList(140, 200));
    }
  }

  @Test
  void sharesAreDisjointAndComplete() {
    SessionIndex index = index(1000, 10);
    randomSessions(new Random(1), 500, 50).forEach(index::add);
    List<IndexedSession> all = new ArrayList<>();
    for (int share = 0; share < 4; share++) {
      List<IndexedSession> part = index.sessions(share, 4);
      assertThat(part).hasSizeBetween(80, 170);
      all.addAll(part);
    }
    assertThat(all).containsExactlyInAnyOrderElementsOf(index.sessions(0, 1));
    assertThatThrownBy(() -> index.sessions(4, 4))
        .hasMessage("share must be between 0 and 3, got 4");
  }

  @Test
  void bytesStayWithinTheBoundWhateverComes() {
    long bound = 1L << 20;
    SessionIndex index =
        new SessionIndex(SessionIndexConfig.builder().maxBytes(bound).sessionsPerItem(50).build());
    Random random = new Random(3);
    for (int n = 0; n < 40_000; n++) {
      // First short sessions of few items, then long ones of ever new items, then short ones again.
      int phase = n / 10_000;
      int length = phase == 1 ? 1 + random.nextInt(40) : 1 + random.nextInt(3);
      int salt = phase == 1 ? n : 0;
      String[] items =
          IntStream.range(0, length)
              .mapToObj(i -> "item-" + salt + "-" + random.nextInt(100))
              .toArray(String[]::new);
      assertThat(index.add(IndexedSession.of("s" + n, items, n))).isTrue();
      assertThat(index.bytes()).as("session %d", n).isLessThanOrEqualTo(bound);
    }
    assertThat(index.size()).isGreaterThan(2000);
    assertThat(index.add(session("huge", 50_000, "x".repeat(100_000)))).isFalse();
  }

  @Test
  void bytesAreWhatTheHeapSays() throws Exception {
    long before = usedHeap();
    SessionIndex index = new SessionIndex(SessionIndexConfig.defaults());
    fill(index, 150_000);
    long measured = usedHeap() - before;
    assertThat(index.size()).isEqualTo(150_000);
    // Other classes come and go meanwhile; the estimate takes every array as just grown.
    assertThat((double) measured / index.bytes()).isCloseTo(0.85, within(0.2));
    Reference.reachabilityFence(index);
  }

  private static void fill(SessionIndex index, int sessions) {
    Random random = new Random(5);
    for (int n = 0; n < sessions; n++) {
      String[] items = new String[1 + random.nextInt(7)];
      for (int i = 0; i < items.length; i++) {
        items[i] = "item-" + (int) (20_000 * Math.pow(random.nextDouble(), 3));
      }
      index.add(IndexedSession.of("s" + n, items, n));
    }
  }

  private static long usedHeap() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 4; attempt++) {
      System.gc();
      Thread.sleep(50);
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  static List<IndexedSession> randomSessions(Random random, int sessions, int items) {
    List<IndexedSession> made = new ArrayList<>();
    for (int n = 0; n < sessions; n++) {
      String[] visited = new String[1 + random.nextInt(6)];
      for (int i = 0; i < visited.length; i++) {
        visited[i] = "i" + (int) (items * random.nextDouble() * random.nextDouble());
      }
      made.add(IndexedSession.of("s" + n, visited, random.nextInt(150)));
    }
    return made;
  }

  @Test
  void anIndexOfNoneTakesNone() {
    SessionIndex none = new SessionIndex(SessionIndexConfig.NONE);
    assertThat(none.add(session("s", 1, "a"))).isFalse();
    assertThat(none.size()).isZero();
    assertThat(
            new SessionNeighbors(none, SessionNeighborConfig.defaults())
                .nextItems(List.of("a"), 3, 2))
        .isEmpty();
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> SessionIndexConfig.builder().maxSessions(-1).build())
        .hasMessage("maxSessions must be non-negative, got -1");
    assertThatThrownBy(() -> SessionIndexConfig.builder().maxBytes(7).build())
        .hasMessage("maxBytes must be at least 1048576, got 7");
    assertThatThrownBy(() -> session("s", 1)).hasMessage("itemIds must be non-empty, got none");
    assertThatThrownBy(() -> session("s", 1, "a", null))
        .hasMessage("itemId must be given, got null");
    assertThatThrownBy(() -> SessionNeighborConfig.builder().matchIdf(Double.NaN).build())
        .hasMessage("matchIdf must be in [0.0, 4.0], got NaN");
    assertThatThrownBy(() -> SessionNeighborConfig.builder().positionRate(-1).build())
        .hasMessage("positionRate must be non-negative, got -1.0");
  }
}
