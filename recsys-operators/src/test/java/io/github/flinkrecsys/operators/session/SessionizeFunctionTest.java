/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.session.PendingTimes;
import io.github.flinkrecsys.core.session.Session;
import io.github.flinkrecsys.core.session.SessionConfig;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.testing.Harnesses;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionizeFunctionTest {
  private static final SessionConfig GAP_100 =
      SessionConfig.builder().gap(Duration.ofMillis(100)).build();

  @Test
  void twoUsersHaveTheirOwnSessionsThatCloseOneGapAfterTheirLastEvent() throws Exception {
    try (var users = sessionize(GAP_100).open()) {
      users.send(at("a", 0));
      users.send(at("b", 40));
      users.send(at("a", 99));
      users.send(at("b", 60));
      users.watermark(158);
      assertThat(users.output()).isEmpty();
      users.watermark(159);
      assertThat(users.output()).containsExactly(session("b", 40, 60));
      users.watermark(197);
      assertThat(users.output()).hasSize(1);
      users.watermark(198);
      assertThat(users.output()).containsExactly(session("b", 40, 60), session("a", 0, 99));
      assertThat(users.counter("sessionsClosed")).isEqualTo(2);
      assertFreed(users);
    }
  }

  @Test
  void eventsExactlyTheGapApartAreTwoSessionsEvenBeforeTheWatermarkPassesTheFirst()
      throws Exception {
    try (var users = sessionize(GAP_100).open()) {
      users.send(at("u", 100));
      users.send(at("u", 0));
      users.watermark(Long.MAX_VALUE);
      assertThat(users.output()).containsExactly(session("u", 0), session("u", 100));
      assertFreed(users);
    }
  }

  @Test
  void aLaterArrivingEventBridgesTwoSpans() throws Exception {
    try (var users = sessionize(GAP_100).open()) {
      users.send(at("u", 150));
      users.send(at("u", 0));
      users.send(at("u", 75));
      users.watermark(249);
      assertThat(users.output()).containsExactly(session("u", 0, 75, 150));
      assertFreed(users);
    }
  }

  @Test
  void liveUpdatesTellWhatIsKnownOfTheSession() throws Exception {
    SessionizeFunction<Interaction> function = SessionizeFunction.forInteractions(GAP_100);
    try (var users = sessionize(function).open()) {
      users.send(at("u", 150));
      users.send(at("u", 0));
      users.send(at("u", 75));
      users.send(at("u", 400));
      assertThat(users.sideOutput(function.liveTag()))
          .containsExactly(
              new LiveSession("u", 150, 150, 1),
              new LiveSession("u", 0, 0, 1),
              new LiveSession("u", 0, 150, 3),
              new LiveSession("u", 400, 400, 1));
    }
  }

  @Test
  void liveUpdatesRestartWhereASessionIsCut() throws Exception {
    SessionConfig config = limits(2, 1_000, 10);
    SessionizeFunction<Interaction> function = SessionizeFunction.forInteractions(config);
    try (var users = sessionize(function).open()) {
      users.send(at("u", 1));
      users.send(at("u", 2));
      users.send(at("u", 3));
      assertThat(users.sideOutput(function.liveTag()))
          .containsExactly(
              new LiveSession("u", 1, 1, 1),
              new LiveSession("u", 1, 2, 2),
              new LiveSession("u", 3, 3, 1));
    }
  }

  @Test
  void anEventBehindTheWatermarkIsLateUnlessItsSessionIsOpen() throws Exception {
    SessionizeFunction<Interaction> function = SessionizeFunction.forInteractions(GAP_100);
    try (var users = sessionize(function).open()) {
      users.send(at("u", 0));
      users.watermark(99);
      assertThat(users.output()).containsExactly(session("u", 0));
      users.send(at("u", 150));
      users.send(at("u", 99)); // belongs to the session of 0, which is gone
      users.send(at("u", 100)); // ahead of the watermark
      users.watermark(180);
      users.send(at("u", 180)); // behind it, joins 150
      users.send(at("u", 100)); // behind it, at the very start of the open session
      users.send(at("u", 99));
      users.watermark(Long.MAX_VALUE);
      assertThat(times(users.output().get(1))).containsExactly(100, 100, 150, 180);
      assertThat(users.sideOutput(function.lateTag())).containsExactly(at("u", 99), at("u", 99));
      assertThat(users.counter("lateEvents")).isEqualTo(2);
      assertFreed(users);
    }
  }

  @Test
  void whatWasLateBeforeARestoreIsLateAfterIt() throws Exception {
    OperatorSubtaskState snapshot;
    try (var before = sessionize(GAP_100).open()) {
      before.send(at("u", 0));
      before.send(at("v", 150));
      before.watermark(120);
      assertThat(before.output()).containsExactly(session("u", 0));
      snapshot = before.snapshot();
    }
    SessionizeFunction<Interaction> function = SessionizeFunction.forInteractions(GAP_100);
    try (var after = sessionize(function).restore(snapshot)) {
      // Before any watermark has come again.
      after.send(at("u", 0));
      after.send(at("v", 160));
      after.watermark(Long.MAX_VALUE);
      assertThat(after.sideOutput(function.lateTag())).containsExactly(at("u", 0));
      assertThat(times(after.output().get(0))).containsExactly(150, 160);
      assertThat(after.output()).hasSize(1);
    }
  }

  /**
   * In an unaligned checkpoint a subtask's first events and watermark may still be on their way,
   * while another subtask has read further.
   */
  @Test
  void whatWasOnItsWayToASubtaskWithoutWatermarkIsNotLateAfterARestore() throws Exception {
    String user = Harnesses.keyOf(1, 2, 0);
    OperatorSubtaskState[] snapshots = new OperatorSubtaskState[2];
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var before = sessionize("hashmap", 2, subtask).open()) {
        if (subtask == 0) {
          before.watermark(500);
          before.send(at(Harnesses.keyOf(0, 2, 0), 510));
        }
        snapshots[subtask] = before.snapshot();
      }
    }
    try (var after = sessionize("hashmap", 2, 1).restore(Harnesses.rescaled(2, 1, snapshots))) {
      after.send(at(user, 100));
      after.watermark(Long.MAX_VALUE);
      assertThat(after.output()).containsExactly(session(user, 100));
      assertThat(after.counter("lateEvents")).isZero();
    }
  }

  @Test
  void anEventBehindTheWatermarkMayCompleteAPieceAtOnce() throws Exception {
    try (var users = sessionize(limits(2, 1_000, 10)).open()) {
      users.send(at("u", 10));
      users.watermark(50);
      users.send(at("u", 40));
      assertThat(users.output()).containsExactly(session("u", 10, 40));
      assertFreed(users);
    }
  }

  @Test
  void aBotThatNeverPausesIsCutAsSoonAsTheWatermarkAllows() throws Exception {
    try (var users = sessionize(limits(3, 1_000, 5)).open()) {
      for (long t = 0; t < 1_000; t++) {
        users.send(at("bot", t));
        users.watermark(t);
        assertThat(users.output()).hasSize((int) (t + 1) / 3);
        assertThat(users.timers()).isLessThanOrEqualTo(1);
      }
      assertThat(users.sideOutput(DeadLetter.TAG)).isEmpty();
      users.watermark(Long.MAX_VALUE);
      assertThat(users.output().get(0)).isEqualTo(session("bot", 0, 1, 2));
      assertThat(users.output().get(333)).isEqualTo(session("bot", 999));
      assertFreed(users);
    }
  }

  @Test
  void aSessionEndsAtMaxDurationWithoutWaitingForTheGap() throws Exception {
    try (var users = sessionize(limits(100, 150, 100)).open()) {
      users.send(at("u", 0));
      users.send(at("u", 90));
      users.send(at("u", 149));
      users.send(at("u", 150));
      users.watermark(148);
      assertThat(users.output()).isEmpty();
      users.watermark(149);
      assertThat(users.output()).containsExactly(session("u", 0, 90, 149));
      users.watermark(249);
      assertThat(users.output().get(1)).isEqualTo(session("u", 150));
      assertFreed(users);
    }
  }

  @Test
  void eventsBeyondTheBufferAreDeadLettersAndThoseAfterTheNextWatermarkAreNot() throws Exception {
    try (var users = sessionize(limits(2, 1_000, 3)).open()) {
      for (long t = 0; t < 4; t++) {
        users.send(at("bot", t));
      }
      users.send(at("other", 3));
      assertThat(users.sideOutput(DeadLetter.TAG))
          .containsExactly(
              new DeadLetter(
                  "sessionize",
                  "pending events of a user must be at most maxBufferedEvents (3), got one more",
                  at("bot", 3).toString(),
                  3));
      assertThat(users.counter("overflowedEvents")).isEqualTo(1);
      users.watermark(3);
      users.send(at("bot", 4));
      users.watermark(Long.MAX_VALUE);
      assertThat(users.output())
          .containsExactlyInAnyOrder(
              session("bot", 0, 1), session("bot", 2, 4), session("other", 3));
      assertFreed(users);
    }
  }

  @Test
  void eventsWithoutAUsableTimeAreDeadLetters() throws Exception {
    SessionizeFunction<String> function =
        new SessionizeFunction<>(GAP_100, Types.STRING, Long::parseLong);
    try (var users = Harnesses.keyed(function, event -> "u", Types.STRING).open()) {
      users.send("5");
      users.send("-1");
      users.send("noon");
      users.watermark(Long.MAX_VALUE);
      assertThat(users.output()).containsExactly(new Session<>("u", 5, 5, new String[] {"5"}));
      assertThat(users.sideOutput(DeadLetter.TAG))
          .containsExactly(
              new DeadLetter(
                  "sessionize", "timestampMillis must be non-negative, got -1", "-1", -1),
              new DeadLetter("sessionize", "For input string: \"noon\"", "noon", -1));
      assertThat(users.counter("badEvents")).isEqualTo(2);
      assertFreed(users);
    }
  }

  @Test
  void interactionsThatBreakARuleAreDeadLetters() throws Exception {
    Interaction bad = new Interaction("u", "item", "click", Double.NaN, 7);
    try (var users = sessionize(GAP_100).open()) {
      users.send(bad);
      assertThat(users.sideOutput(DeadLetter.TAG))
          .containsExactly(
              new DeadLetter("sessionize", "weight must be finite, got NaN", bad.toString(), -1));
      assertFreed(users);
    }
  }

  @Test
  void theEndOfTimeNeitherOverflowsNorClosesOtherSessions() throws Exception {
    long max = Long.MAX_VALUE;
    try (var users = sessionize(GAP_100).open()) {
      users.send(at("u", max));
      users.send(at("u", 0));
      users.send(at("v", 0));
      users.send(at("u", 50));
      users.watermark(148);
      assertThat(users.output()).containsExactly(session("v", 0));
      users.watermark(149);
      assertThat(users.output().get(1)).isEqualTo(session("u", 0, 50));
      users.send(at("u", max - 99));
      users.watermark(max - 1);
      assertThat(users.output()).hasSize(2);
      users.watermark(max);
      assertThat(users.output().get(2)).isEqualTo(session("u", max - 99, max));
      assertFreed(users);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void sessionsSurviveRestore(String backend) throws Exception {
    OperatorSubtaskState snapshot;
    try (var before = sessionize(backend, 1, 0).open()) {
      before.send(at("u", 60));
      before.send(at("u", 0));
      before.send(at("u", 500));
      before.watermark(100);
      snapshot = before.snapshot();
    }
    try (var after = sessionize(backend, 1, 0).restore(snapshot)) {
      after.send(at("u", 120));
      after.watermark(218);
      assertThat(after.output()).isEmpty();
      after.watermark(219);
      assertThat(after.output()).containsExactly(session("u", 0, 60, 120));
      after.watermark(599);
      assertThat(after.output().get(1)).isEqualTo(session("u", 500));
      assertFreed(after);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void sessionsFollowTheirUsersWhenParallelismChanges(String backend) throws Exception {
    OperatorSubtaskState one;
    try (var single = sessionize(backend, 1, 0).open()) {
      for (int user = 0; user < 20; user++) {
        single.send(at("u" + user, user));
      }
      one = single.snapshot();
    }
    OperatorSubtaskState[] two = new OperatorSubtaskState[2];
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var half =
          sessionize(backend, 2, subtask).restore(Harnesses.rescaled(2, subtask, one))) {
        assertThat(half.timers()).isBetween(1, 19);
        for (int user = 0; user < 20; user++) {
          if (Harnesses.subtaskOf("u" + user, 2) == subtask) {
            half.send(at("u" + user, user + 50));
          }
        }
        two[subtask] = half.snapshot();
      }
    }
    try (var single = sessionize(backend, 1, 0).restore(Harnesses.rescaled(1, 0, two))) {
      single.watermark(Long.MAX_VALUE);
      List<Session<Interaction>> expected = new ArrayList<>();
      for (int user = 0; user < 20; user++) {
        expected.add(session("u" + user, user, user + 50));
      }
      assertThat(single.output()).containsExactlyInAnyOrderElementsOf(expected);
      assertFreed(single);
    }
  }

  @Test
  void stateAndMessagesAreSerializedWithoutKryo() throws IOException {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(PendingTimes.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(LiveSession.class);
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(Interaction.class);
    SessionizeFunction<Interaction> function = SessionizeFunction.forInteractions(GAP_100);
    TypeInformation<Session<Interaction>> hinted =
        TypeInformation.of(new TypeHint<Session<Interaction>>() {});
    assertThat(function.getProducedType()).isEqualTo(hinted);
    assertPojoWithoutKryo(hinted, session("u", 1, 2));
    assertPojoWithoutKryo(
        new SessionizeFunction<>(GAP_100, Types.STRING, Long::parseLong).getProducedType(),
        new Session<>("u", 1, 2, new String[] {"1", "2"}));
    TypeInformation<Tuple2<String, Long>> tupleType = Types.TUPLE(Types.STRING, Types.LONG);
    @SuppressWarnings("unchecked")
    Tuple2<String, Long>[] tuples = new Tuple2[] {Tuple2.of("x", 1L)};
    assertPojoWithoutKryo(
        new SessionizeFunction<>(GAP_100, tupleType, event -> event.f1).getProducedType(),
        new Session<>("u", 1, 1, tuples));
  }

  private static Harnesses.Keyed<String, Interaction, Session<Interaction>> sessionize(
      SessionConfig config) throws Exception {
    return sessionize(SessionizeFunction.forInteractions(config));
  }

  private static Harnesses.Keyed<String, Interaction, Session<Interaction>> sessionize(
      SessionizeFunction<Interaction> function) throws Exception {
    return Harnesses.keyed(function, Interaction::userId, Types.STRING);
  }

  private static Harnesses.Keyed<String, Interaction, Session<Interaction>> sessionize(
      String backend, int parallelism, int subtask) throws Exception {
    return Harnesses.keyed(
        SessionizeFunction.forInteractions(GAP_100),
        Interaction::userId,
        Types.STRING,
        backend,
        parallelism,
        subtask);
  }

  private static SessionConfig limits(int maxLength, long maxDurationMillis, int maxBuffered) {
    return SessionConfig.builder()
        .gap(Duration.ofMillis(100))
        .maxLength(maxLength)
        .maxDuration(Duration.ofMillis(maxDurationMillis))
        .maxBufferedEvents(maxBuffered)
        .build();
  }

  /** Fails if a serializer inside falls back to Kryo, or if a copy through bytes differs. */
  private static <T> void assertPojoWithoutKryo(TypeInformation<T> type, T value)
      throws IOException {
    assertThat(type).isInstanceOf(PojoTypeInfo.class);
    SerializerConfigImpl config = new SerializerConfigImpl();
    config.setGenericTypes(false);
    TypeSerializer<T> serializer = type.createSerializer(config);
    DataOutputSerializer bytes = new DataOutputSerializer(128);
    serializer.serialize(value, bytes);
    T copy = serializer.deserialize(new DataInputDeserializer(bytes.getCopyOfBuffer()));
    assertThat(copy).isEqualTo(value);
  }

  private static void assertFreed(Harnesses.Keyed<?, ?, ?> users) throws Exception {
    assertThat(users.stateEntries()).isZero();
    assertThat(users.timers()).isZero();
  }

  private static Interaction at(String userId, long timestampMillis) {
    return Interaction.click(userId, "i" + timestampMillis, timestampMillis);
  }

  private static Session<Interaction> session(String userId, long... times) {
    Interaction[] events =
        Arrays.stream(times).mapToObj(t -> at(userId, t)).toArray(Interaction[]::new);
    return new Session<>(userId, times[0], times[times.length - 1], events);
  }

  private static long[] times(Session<Interaction> session) {
    return Arrays.stream(session.events()).mapToLong(Interaction::timestampMillis).toArray();
  }
}
