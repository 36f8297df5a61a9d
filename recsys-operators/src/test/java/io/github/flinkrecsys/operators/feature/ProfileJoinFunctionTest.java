/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.feature;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.event.Attributes;
import io.github.flinkrecsys.core.event.EnrichedInteraction;
import io.github.flinkrecsys.core.event.Features;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.event.UserProfile;
import io.github.flinkrecsys.core.feature.ProfileJoinConfig;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.testing.Harnesses;
import io.github.flinkrecsys.operators.testing.Slot;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileJoinFunctionTest {
  private static final long WAIT = 100;
  private static final long TTL = 1_000;
  private static final ProfileJoinConfig CONFIG =
      ProfileJoinConfig.builder()
          .maxWait(Duration.ofMillis(WAIT))
          .maxVersions(3)
          .maxWaiting(2)
          .ttl(Duration.ofMillis(TTL))
          .build();

  @Test
  void anInteractionGetsTheVersionOfItsTimeWhenTheWatermarkPassesIt() throws Exception {
    try (var join = join().open()) {
      join.send1(click("u", 20));
      join.send2(profile("u", "new", 30));
      join.send2(profile("u", "old", 10));
      join.send1(click("u", 30));
      join.watermark(19);
      assertThat(join.output()).isEmpty();
      join.watermark(20);
      assertThat(join.output()).containsExactly(with(click("u", 20), profile("u", "old", 10)));
      join.watermark(30);
      assertThat(join.output())
          .containsExactly(
              with(click("u", 20), profile("u", "old", 10)),
              with(click("u", 30), profile("u", "new", 30)));
      assertThat(join.counter("joined")).isEqualTo(2);
    }
  }

  @Test
  void usersDoNotMix() throws Exception {
    try (var join = join().open()) {
      join.send2(profile("a", "of a", 1));
      join.send1(click("b", 10));
      join.send1(click("a", 10));
      join.send2(profile("b", "of b", 2));
      join.watermark(10);
      assertThat(join.output())
          .containsExactlyInAnyOrder(
              with(click("a", 10), profile("a", "of a", 1)),
              with(click("b", 10), profile("b", "of b", 2)));
    }
  }

  @Test
  void aProfileThatComesLateIsWaitedForAndAnInteractionLeavesAtLastWithout() throws Exception {
    try (var join = join().open()) {
      join.send1(click("found", 10));
      join.send1(click("lost", 10));
      join.watermark(10 + WAIT - 1);
      join.send2(profile("found", "late", 5));
      assertThat(join.output())
          .containsExactly(with(click("found", 10), profile("found", "late", 5)));
      join.send2(profile("lost", "too new", 11));
      assertThat(join.output()).hasSize(1);
      join.watermark(10 + WAIT);
      assertThat(join.output()).hasSize(2).contains(click("lost", 10));
      assertThat(join.counter("lateProfiles")).isEqualTo(2);
      assertThat(join.counter("joined")).isEqualTo(1);
      assertThat(join.counter("withoutProfile")).isEqualTo(1);
    }
  }

  @Test
  void aLateInteractionIsJoinedExactlyWhileItsWaitIsNotOverAndElseGoesToTheSide() throws Exception {
    try (var join = join().open()) {
      join.send2(profile("u", "old", 0));
      join.send2(profile("u", "new", 50));
      join.watermark(WAIT + 20);
      join.send2(profile("u", "newest", WAIT + 50));
      join.send1(click("u", 20));
      assertThat(join.output()).isEmpty();
      assertThat(join.sideOutput(ProfileJoinFunction.LATE)).containsExactly(click("u", 20));
      join.send1(click("u", 21));
      assertThat(join.output()).containsExactly(with(click("u", 21), profile("u", "old", 0)));
      assertThat(join.counter("lateInteractions")).isEqualTo(1);
    }
  }

  @Test
  void nothingIsJoinedBeforeTheInitialLoadIsOver() throws Exception {
    try (var join = join().open()) {
      join.send1(click("u", 10));
      join.watermark1(10_000);
      assertThat(join.output()).isEmpty();
      join.send2(profile("u", "loaded", 3));
      join.watermark2(Long.MAX_VALUE);
      assertThat(join.output()).containsExactly(with(click("u", 10), profile("u", "loaded", 3)));
    }
  }

  @Test
  void aLoadedProfileIsNotForgottenBecauseItIsOld() throws Exception {
    try (var join = join().open()) {
      join.send2(profile("u", "loaded", 3));
      join.watermark(1_000_000);
      join.send1(click("u", 1_000_000 + TTL));
      join.watermark(1_000_000 + TTL);
      assertThat(join.output())
          .containsExactly(with(click("u", 1_000_000 + TTL), profile("u", "loaded", 3)));
    }
  }

  @Test
  void interactionsBeyondTheBoundLeaveAtOnceWithout() throws Exception {
    try (var join = join().open()) {
      join.send1(click("u", 1));
      join.send1(click("u", 2));
      join.send1(click("u", 3));
      assertThat(join.output()).containsExactly(click("u", 3));
      assertThat(join.counter("overflowedInteractions")).isEqualTo(1);
      join.send2(profile("u", "p", 0));
      join.watermark(3);
      assertThat(join.output()).hasSize(3);
    }
  }

  @Test
  void versionsAreBoundedAndTheNewestStay() throws Exception {
    try (var join = join().open()) {
      for (int version = 4; version >= 1; version--) {
        join.send2(profile("u", "v" + version, 10 * version));
      }
      assertThat(join.counter("droppedVersions")).isEqualTo(1);
      join.send1(click("u", 15));
      join.send1(click("u", 25));
      join.watermark(25);
      assertThat(join.output()).containsExactly(with(click("u", 25), profile("u", "v2", 20)));
    }
  }

  @Test
  void recordsThatCannotBeUsedAreDeadLetters() throws Exception {
    UserProfile nameless = new UserProfile("u", null, Features.NONE, 1);
    EnrichedInteraction bad =
        EnrichedInteraction.of(new Interaction("u", "i", "click", Double.NaN, 5));
    try (var join = join().open()) {
      join.send2(nameless);
      join.send1(bad);
      assertThat(join.sideOutput(DeadLetter.TAG))
          .containsExactly(
              new DeadLetter(
                  "profile-join",
                  "attributes must be names and values of equal length, got null",
                  nameless.toString(),
                  -1),
              new DeadLetter("profile-join", "weight must be finite, got NaN", bad.toString(), -1));
      assertThat(join.counter("deadLetters")).isEqualTo(2);
      assertThat(join.stateEntries()).isZero();
    }
  }

  @Test
  void aSilentUserIsForgottenAndNotEarlier() throws Exception {
    try (var join = join().open()) {
      join.watermark(0);
      join.send2(profile("u", "p", 0));
      join.send1(click("u", 500));
      join.watermark(500 + TTL - 1);
      assertThat(join.output()).hasSize(1);
      assertThat(join.stateEntries()).isPositive();
      join.watermark(500 + TTL);
      assertThat(join.stateEntries() + join.timers()).isZero();
    }
  }

  @Test
  void nothingIsKeptOfAUserWithoutProfile() throws Exception {
    try (var join = join().open()) {
      join.send1(click("u", 50));
      join.send1(click("u", 10));
      join.watermark(50 + WAIT);
      assertThat(join.output()).containsExactly(click("u", 10), click("u", 50));
      assertThat(join.stateEntries() + join.timers()).isZero();
    }
  }

  @Test
  void itemsAreJoinedAfterUsers() throws Exception {
    ItemMetadata metadata = new ItemMetadata("i", attributes("red"), Features.NONE, 5);
    EnrichedInteraction ofUser = with(click("u", 10), profile("u", "p", 1));
    try (var join =
        Harnesses.connected(
                ProfileJoinFunction.items(CONFIG),
                FeatureKeys::item,
                ItemMetadata::itemId,
                "hashmap",
                Slot.alone())
            .open()) {
      join.send1(ofUser);
      join.send2(metadata);
      join.watermark(10);
      assertThat(join.output()).containsExactly(ofUser.withItem(metadata));
      assertThat(join.output().get(0).user()).isEqualTo(ofUser.user());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void whatWaitsAndWhatIsKnownSurvivesARestore(String backend) throws Exception {
    OperatorSubtaskState snapshot;
    try (var before = join(backend, Slot.alone()).open()) {
      before.send2(profile("known", "p", 5));
      before.send1(click("known", 10));
      before.send1(click("unknown", 10));
      before.watermark(9);
      snapshot = before.snapshot();
    }
    try (var after = join(backend, Slot.alone()).restore(snapshot)) {
      after.watermark(10);
      assertThat(after.output())
          .containsExactly(with(click("known", 10), profile("known", "p", 5)));
      after.send2(profile("unknown", "late", 7));
      assertThat(after.output())
          .containsExactly(
              with(click("known", 10), profile("known", "p", 5)),
              with(click("unknown", 10), profile("unknown", "late", 7)));
      after.watermark(2 * TTL + 10);
      assertThat(after.stateEntries() + after.timers()).isZero();
    }
  }

  @Test
  void usersTakeTheirProfilesAlongWhenParallelismChanges() throws Exception {
    JobID job = new JobID();
    OperatorSubtaskState one;
    try (var single = join("hashmap", Slot.alone()).open()) {
      for (int user = 0; user < 20; user++) {
        single.send2(profile("u" + user, "p" + user, 5));
        single.send1(click("u" + user, 10));
      }
      one = single.snapshot();
    }
    OperatorSubtaskState[] two = new OperatorSubtaskState[2];
    int joined = 0;
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var half =
          join("hashmap", new Slot(job, 2, subtask)).restore(Harnesses.rescaled(2, subtask, one))) {
        half.watermark(10);
        joined += half.output().size();
        assertThat(half.output())
            .isNotEmpty()
            .allSatisfy(event -> assertThat(event.user()).isNotNull());
        two[subtask] = half.snapshot();
      }
    }
    assertThat(joined).isEqualTo(20);
    try (var single = join("hashmap", Slot.alone()).restore(Harnesses.rescaled(1, 0, two))) {
      for (int user = 0; user < 20; user++) {
        single.send1(click("u" + user, 20));
      }
      single.watermark(20);
      assertThat(single.output())
          .hasSize(20)
          .allSatisfy(
              event -> assertThat(event.user().userId()).isEqualTo(FeatureKeys.user(event)));
    }
  }

  static EnrichedInteraction click(String userId, long timestampMillis) {
    return EnrichedInteraction.of(Interaction.click(userId, "i", timestampMillis));
  }

  static EnrichedInteraction with(EnrichedInteraction event, UserProfile profile) {
    return event.withUser(profile);
  }

  static UserProfile profile(String userId, String country, long timestampMillis) {
    return new UserProfile(userId, attributes(country), Features.NONE, timestampMillis);
  }

  private static Attributes attributes(String value) {
    return Attributes.of(Map.of("country", value));
  }

  private static Harnesses.Connected<EnrichedInteraction, UserProfile, EnrichedInteraction> join()
      throws Exception {
    return join("hashmap", Slot.alone());
  }

  private static Harnesses.Connected<EnrichedInteraction, UserProfile, EnrichedInteraction> join(
      String backend, Slot slot) throws Exception {
    return Harnesses.connected(
        ProfileJoinFunction.users(CONFIG), FeatureKeys::user, UserProfile::userId, backend, slot);
  }
}
