/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SessionSplitterTest {
  private static final int GAP = 10;
  private static final int MAX_LENGTH = 4;
  private static final int MAX_DURATION = 25;
  private static final SessionSplitter SPLITTER = new SessionSplitter(config(GAP, MAX_LENGTH));

  @Test
  void eventsLessThanTheGapApartBelongTogether() {
    assertThat(SPLITTER.end(pending(0, 9), 0)).isEqualTo(2);
    assertThat(SPLITTER.end(pending(0, 10), 0)).isEqualTo(1);
  }

  @Test
  void aSessionEndsAtMaxDurationAfterItsFirstEvent() {
    assertThat(SPLITTER.end(pending(0, 8, 16, 24), 0)).isEqualTo(4);
    assertThat(SPLITTER.end(pending(0, 8, 16, 25), 0)).isEqualTo(3);
  }

  @Test
  void aSessionEndsAtMaxLength() {
    assertThat(SPLITTER.end(pending(1, 1, 1, 1, 1), 0)).isEqualTo(4);
    assertThat(SPLITTER.end(pending(1, 1, 1, 1, 1), 4)).isEqualTo(5);
  }

  @Test
  void findsTheSessionOfAnEvent() {
    PendingTimes pending = pending(0, 1, 2, 3, 4, 5, 50);
    assertThat(SPLITTER.start(pending, 3)).isEqualTo(0);
    assertThat(SPLITTER.start(pending, 4)).isEqualTo(4);
    assertThat(SPLITTER.start(pending, 5)).isEqualTo(4);
    assertThat(SPLITTER.start(pending, 6)).isEqualTo(6);
  }

  @Test
  void certainWhenNoLaterEventCanJoin() {
    assertThat(SPLITTER.certainAt(pending(0, 5), 0, 2)).as("gap").isEqualTo(14);
    assertThat(SPLITTER.certainAt(pending(0, 8, 16), 0, 3)).as("duration").isEqualTo(24);
    assertThat(SPLITTER.certainAt(pending(0, 1, 2, 3), 0, 4)).as("length").isEqualTo(3);
  }

  @Test
  void theEndOfTimeDoesNotOverflow() {
    long max = Long.MAX_VALUE;
    PendingTimes pending = pending(0, max - 20, max - 11, max - 10, max);
    assertThat(SPLITTER.end(pending, 0)).isEqualTo(1);
    assertThat(SPLITTER.certainAt(pending, 0, 1)).isEqualTo(9);
    assertThat(SPLITTER.end(pending, 1)).isEqualTo(4);
    assertThat(SPLITTER.certainAt(pending, 1, 4)).isEqualTo(max - 1);
    assertThat(SPLITTER.certainAt(pending, 4, 5)).isEqualTo(max);
  }

  @Test
  void anEventBehindTheWatermarkIsLateUnlessOneAtOrBeforeItIsPending() {
    assertThat(SessionSplitter.isLate(pending(), 101, 100)).isFalse();
    assertThat(SessionSplitter.isLate(pending(), 100, 100)).isTrue();
    assertThat(SessionSplitter.isLate(pending(98), 97, 100)).isTrue();
    assertThat(SessionSplitter.isLate(pending(98), 98, 100)).isFalse();
    assertThat(SessionSplitter.isLate(pending(98), 100, 100)).isFalse();
  }

  @Test
  void arrivalOrderDoesNotChangeSessions() {
    for (long seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      List<Long> times = randomTimes(random, 1 + random.nextInt(40), 0);
      User user = new User(random);
      while (!times.isEmpty()) {
        user.receive(times.remove(random.nextInt(times.size())));
        if (random.nextInt(4) == 0 && !times.isEmpty()) {
          user.advanceTo(Collections.min(times) - 1 - random.nextInt(5));
        }
      }
      assertThat(user.late).as("seed %d", seed).isEmpty();
      user.finishAsOracle(seed);
    }
  }

  @Test
  void sessionsAreThoseOfAllEventsTakenWhateverComesBehindTheWatermark() {
    for (long seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      User user = new User(random);
      for (int i = 0; i < 60; i++) {
        user.receive(Math.max(0, user.watermark - 30 + random.nextInt(50)));
        user.advanceTo(user.watermark + random.nextInt(4));
      }
      user.finishAsOracle(seed);
    }
  }

  @Test
  void whatIsLateDoesNotDependOnTheOrderOfTheOtherEvents() {
    for (long seed = 0; seed < 1_000; seed++) {
      User one = new User(new Random(-seed));
      User other = new User(new Random(-seed));
      Random random = new Random(seed);
      for (int round = 0; round < 10; round++) {
        long watermark = one.watermark;
        List<Long> behind = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          behind.add(Math.max(0, watermark - random.nextInt(30)));
        }
        List<Long> ahead = randomTimes(random, random.nextInt(6), Math.max(0, watermark + 1));
        one.receiveAll(interleaved(behind, ahead, random));
        other.receiveAll(interleaved(behind, ahead, random));
        long next = Math.max(0, watermark) + random.nextInt(25);
        one.advanceTo(next);
        other.advanceTo(next);
      }
      assertThat(one.late).as("late, seed %d", seed).isEqualTo(other.late);
      one.finishAsOracle(seed);
      other.finishAsOracle(seed);
      assertThat(one.sessions).as("sessions, seed %d", seed).isEqualTo(other.sessions);
    }
  }

  private static List<Long> randomTimes(Random random, int count, long from) {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      times.add(from + random.nextInt(150));
    }
    return times;
  }

  /** Keeps the order of {@code behind} and shuffles {@code ahead} into it. */
  private static List<Long> interleaved(List<Long> behind, List<Long> ahead, Random random) {
    List<Long> mixed = new ArrayList<>(behind);
    for (Long time : ahead) {
      mixed.add(random.nextInt(mixed.size() + 1), time);
    }
    return mixed;
  }

  private static PendingTimes pending(long... times) {
    PendingTimes pending = new PendingTimes();
    Arrays.stream(times).forEach(pending::add);
    return pending;
  }

  private static SessionConfig config(int gap, int maxLength) {
    return SessionConfig.builder()
        .gap(Duration.ofMillis(gap))
        .maxLength(maxLength)
        .maxDuration(Duration.ofMillis(MAX_DURATION))
        .build();
  }

  /** The splitter, driven as an operator drives it. */
  private static final class User {
    private final int gap;
    private final int maxLength;
    private final SessionSplitter splitter;
    private final PendingTimes pending = new PendingTimes();
    private final List<Long> taken = new ArrayList<>();
    private final List<Long> late = new ArrayList<>();
    private final List<List<Long>> sessions = new ArrayList<>();
    private long watermark = -1;

    User(Random random) {
      gap = 1 + random.nextInt(12);
      maxLength = 1 + random.nextInt(8);
      splitter = new SessionSplitter(config(gap, maxLength));
    }

    void receiveAll(List<Long> times) {
      times.forEach(this::receive);
    }

    void receive(long time) {
      if (SessionSplitter.isLate(pending, time, watermark)) {
        late.add(time);
      } else {
        taken.add(time);
        pending.add(time);
        emitCertain();
      }
    }

    void advanceTo(long newWatermark) {
      watermark = Math.max(watermark, newWatermark);
      emitCertain();
    }

    void finishAsOracle(long seed) {
      advanceTo(Long.MAX_VALUE);
      assertThat(pending.size()).as("seed %d", seed).isZero();
      assertThat(sessions).as("seed %d", seed).isEqualTo(oracle(taken, gap, maxLength));
    }

    private void emitCertain() {
      while (pending.size() > 0) {
        int end = splitter.end(pending, 0);
        if (splitter.certainAt(pending, 0, end) > watermark) {
          return;
        }
        sessions.add(Arrays.stream(pending.times, 0, end).boxed().toList());
        pending.removeFirst(end);
      }
    }
  }

  /** Sorts, cuts at pauses, then cuts the chains: two passes where the splitter has one. */
  private static List<List<Long>> oracle(List<Long> times, int gap, int maxLength) {
    List<List<Long>> chains = new ArrayList<>();
    Long previous = null;
    for (Long time : times.stream().sorted().toList()) {
      if (previous == null || previous + gap <= time) {
        chains.add(new ArrayList<>());
      }
      chains.get(chains.size() - 1).add(time);
      previous = time;
    }
    List<List<Long>> pieces = new ArrayList<>();
    for (List<Long> chain : chains) {
      List<Long> piece = new ArrayList<>();
      for (Long time : chain) {
        if (piece.size() == maxLength
            || (!piece.isEmpty() && time - piece.get(0) >= MAX_DURATION)) {
          pieces.add(piece);
          piece = new ArrayList<>();
        }
        piece.add(time);
      }
      pieces.add(piece);
    }
    return pieces;
  }
}
