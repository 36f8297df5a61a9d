/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.feature;

import static io.github.flinkrecsys.operators.feature.ProfileJoinFunctionTest.profile;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.event.EnrichedInteraction;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.UserProfile;
import io.github.flinkrecsys.core.feature.ProfileJoinConfig;
import io.github.flinkrecsys.operators.testing.JobSettings;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An initial load ahead of live changes, in one job, whatever arrives first. */
class ProfileJoinFunctionITCase {
  private static final int USERS = 50;
  private static final int EVENTS = 500;

  /** The load goes on only after all interactions have gone by. */
  private static final CountDownLatch EVENTS_TO_COME = new CountDownLatch(EVENTS);

  private static final Queue<EnrichedInteraction> JOINED = new ConcurrentLinkedQueue<>();

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @Test
  void interactionsWaitForTheLoadAndThenSeeTheVersionOfTheirTime() throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(JobSettings.strict());
    env.setParallelism(2);
    DataStream<UserProfile> loaded =
        env.fromData(profilesAt(0, "loaded"))
            .uid("load")
            .setParallelism(1)
            .map(ProfileJoinFunctionITCase::afterAllEvents)
            .uid("load-slowly")
            .setParallelism(1);
    DataStream<UserProfile> changed =
        env.fromData(profilesAt(1_250, "changed"))
            .uid("changes")
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<UserProfile>forMonotonousTimestamps()
                    .withTimestampAssigner((profile, unused) -> profile.timestampMillis()))
            .uid("changes-in-time");
    env.fromData(interactions())
        .uid("interactions")
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<Interaction>forMonotonousTimestamps()
                .withTimestampAssigner((event, unused) -> event.timestampMillis()))
        .uid("interactions-in-time")
        .map(ProfileJoinFunctionITCase::countedDown)
        .uid("enriched")
        .keyBy(FeatureKeys::user)
        .connect(loaded.union(changed).keyBy(UserProfile::userId))
        .process(
            ProfileJoinFunction.users(ProfileJoinConfig.builder().maxWait(Duration.ZERO).build()))
        .uid("join")
        .map(ProfileJoinFunctionITCase::remembered)
        .uid("remember")
        .sinkTo(new DiscardingSink<>())
        .uid("sink");

    env.execute();

    assertThat(JOINED).hasSize(EVENTS);
    assertThat(JOINED)
        .allSatisfy(
            event -> {
              boolean isOld = event.interaction().timestampMillis() < 1_250;
              String user = FeatureKeys.user(event);
              assertThat(event.user())
                  .isEqualTo(isOld ? profile(user, "loaded", 0) : profile(user, "changed", 1_250));
            });
  }

  private static UserProfile afterAllEvents(UserProfile profile) throws Exception {
    assertThat(EVENTS_TO_COME.await(60, TimeUnit.SECONDS)).isTrue();
    return profile;
  }

  private static EnrichedInteraction remembered(EnrichedInteraction joined) {
    JOINED.add(joined);
    return joined;
  }

  private static EnrichedInteraction countedDown(Interaction interaction) {
    EVENTS_TO_COME.countDown();
    return EnrichedInteraction.of(interaction);
  }

  private static UserProfile[] profilesAt(long timestampMillis, String country) {
    UserProfile[] profiles = new UserProfile[USERS];
    for (int user = 0; user < USERS; user++) {
      profiles[user] = profile("u" + user, country, timestampMillis);
    }
    return profiles;
  }

  private static Interaction[] interactions() {
    Interaction[] interactions = new Interaction[EVENTS];
    for (int i = 0; i < EVENTS; i++) {
      interactions[i] = Interaction.click("u" + i % USERS, "i", 1_000 + i);
    }
    return interactions;
  }
}
