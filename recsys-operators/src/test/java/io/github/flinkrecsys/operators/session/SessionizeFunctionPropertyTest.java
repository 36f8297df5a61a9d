/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.session.Session;
import io.github.flinkrecsys.core.session.SessionConfig;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.testing.Harnesses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares what the operator emits with sessions cut from the sorted stream, on random streams. */
class SessionizeFunctionPropertyTest {
  private static final int GAP = 10;
  private static final int MAX_LENGTH = 5;
  private static final int MAX_DURATION = 30;
  private static final SessionConfig CONFIG =
      SessionConfig.builder()
          .gap(Duration.ofMillis(GAP))
          .maxLength(MAX_LENGTH)
          .maxDuration(Duration.ofMillis(MAX_DURATION))
          .build();

  @ParameterizedTest
  @CsvSource({"hashmap, 300", "rocksdb, 10"})
  void arrivalOrderDoesNotChangeSessions(String backend, int seeds) throws Exception {
    for (long seed = 0; seed < seeds; seed++) {
      Random random = new Random(seed);
      List<Interaction> events = randomEvents(random);
      Map<String, List<List<Long>>> expected = oracle(events);
      SessionizeFunction<Interaction> function = SessionizeFunction.forInteractions(CONFIG);
      try (var users = sessionize(function, backend)) {
        long watermark = -1;
        while (!events.isEmpty()) {
          users.send(events.remove(random.nextInt(events.size())));
          if (random.nextInt(5) == 0 && !events.isEmpty()) {
            long smallest = events.stream().mapToLong(Interaction::timestampMillis).min().orElse(0);
            watermark = Math.max(watermark, smallest - 1 - random.nextInt(5));
            users.watermark(watermark);
          }
        }
        assertThat(users.sideOutput(function.lateTag())).as("seed %d", seed).isEmpty();
        assertEmits(users, expected, seed);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"hashmap, 300", "rocksdb, 10"})
  void noEventIsLostWhateverComesBehindTheWatermark(String backend, int seeds) throws Exception {
    for (long seed = 0; seed < seeds; seed++) {
      Random random = new Random(seed);
      List<Interaction> events = randomEvents(random);
      SessionizeFunction<Interaction> function = SessionizeFunction.forInteractions(CONFIG);
      try (var users = sessionize(function, backend)) {
        events.sort(Comparator.comparingLong(Interaction::timestampMillis));
        for (int i = 0; i < events.size(); i++) {
          Collections.swap(events, i, Math.min(events.size() - 1, i + random.nextInt(12)));
        }
        long watermark = -1;
        for (Interaction event : events) {
          users.send(event);
          watermark = Math.max(watermark, event.timestampMillis() - random.nextInt(20));
          users.watermark(watermark);
        }
        List<Interaction> taken = new ArrayList<>(events);
        taken.removeAll(users.sideOutput(function.lateTag()));
        assertThat(taken.size() + users.counter("lateEvents"))
            .as("seed %d", seed)
            .isEqualTo(events.size());
        assertEmits(users, oracle(taken), seed);
      }
    }
  }

  /** Events of the same time may change places, so times are compared, and events as a set. */
  private static void assertEmits(
      Harnesses.Keyed<String, Interaction, Session<Interaction>> users,
      Map<String, List<List<Long>>> expected,
      long seed)
      throws Exception {
    users.watermark(Long.MAX_VALUE);
    Map<String, List<List<Long>>> actual = new TreeMap<>();
    for (Session<Interaction> session : users.output()) {
      List<Long> times = Arrays.stream(session.events()).map(Interaction::timestampMillis).toList();
      actual.computeIfAbsent(session.userId(), user -> new ArrayList<>()).add(times);
      assertThat(session.startMillis()).isEqualTo(times.get(0));
      assertThat(session.endMillis()).isEqualTo(times.get(times.size() - 1));
      assertThat(session.events()).allMatch(e -> e.userId().equals(session.userId()));
    }
    assertThat(actual).as("seed %d", seed).isEqualTo(expected);
    assertThat(users.output().stream().flatMap(s -> Arrays.stream(s.events())))
        .as("seed %d", seed)
        .doesNotHaveDuplicates();
    assertThat(users.sideOutput(DeadLetter.TAG)).as("seed %d", seed).isEmpty();
    assertThat(users.stateEntries()).as("seed %d", seed).isZero();
    assertThat(users.timers()).as("seed %d", seed).isZero();
  }

  private static List<Interaction> randomEvents(Random random) {
    List<Interaction> events = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      events.add(Interaction.click("u" + random.nextInt(2), "i" + i, random.nextInt(250)));
    }
    return events;
  }

  private static Map<String, List<List<Long>>> oracle(List<Interaction> events) {
    return events.stream()
        .collect(
            Collectors.groupingBy(
                Interaction::userId,
                TreeMap::new,
                Collectors.collectingAndThen(
                    Collectors.mapping(Interaction::timestampMillis, Collectors.toList()),
                    SessionizeFunctionPropertyTest::oracleOfUser)));
  }

  private static List<List<Long>> oracleOfUser(List<Long> times) {
    List<List<Long>> sessions = new ArrayList<>();
    List<Long> session = new ArrayList<>();
    for (Long time : times.stream().sorted().toList()) {
      boolean fits =
          !session.isEmpty()
              && session.size() < MAX_LENGTH
              && time < session.get(0) + MAX_DURATION
              && time < session.get(session.size() - 1) + GAP;
      if (!fits) {
        session = new ArrayList<>();
        sessions.add(session);
      }
      session.add(time);
    }
    return sessions;
  }

  private static Harnesses.Keyed<String, Interaction, Session<Interaction>> sessionize(
      SessionizeFunction<Interaction> function, String backend) throws Exception {
    return Harnesses.keyed(function, Interaction::userId, Types.STRING, backend, 1, 0).open();
  }
}
