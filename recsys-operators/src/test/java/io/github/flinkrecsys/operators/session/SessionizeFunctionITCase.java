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
import io.github.flinkrecsys.operators.testing.Collected;
import io.github.flinkrecsys.operators.testing.JobSettings;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs the operator in a job that refuses Kryo and generated uids. */
class SessionizeFunctionITCase {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  @Test
  void aJobEmitsSessionsLiveUpdatesAndDeadLetters() throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(JobSettings.strict());
    SessionConfig config = SessionConfig.builder().gap(Duration.ofMillis(100)).build();
    SessionizeFunction<Interaction> function = SessionizeFunction.forInteractions(config);
    SingleOutputStreamOperator<Session<Interaction>> sessions =
        env.fromData(at("a", 0), at("b", 10), at("a", 300), at("a", 60), at("b", -1))
            .uid("events")
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<Interaction>forBoundedOutOfOrderness(Duration.ofMillis(500))
                    .withTimestampAssigner((event, unused) -> event.timestampMillis()))
            .uid("events-in-time")
            .keyBy(Interaction::userId)
            .process(function)
            .uid("sessionize");
    var closed = Collected.of(sessions, "closed");
    var live = Collected.of(sessions.getSideOutput(function.liveTag()), "live");
    var late = Collected.of(sessions.getSideOutput(function.lateTag()), "late");
    var dead = Collected.of(sessions.getSideOutput(DeadLetter.TAG), "dead");
    env.execute();

    assertThat(closed.records())
        .containsExactlyInAnyOrder(
            new Session<>("a", 0, 60, new Interaction[] {at("a", 0), at("a", 60)}),
            new Session<>("b", 10, 10, new Interaction[] {at("b", 10)}),
            new Session<>("a", 300, 300, new Interaction[] {at("a", 300)}));
    assertThat(live.records()).hasSize(4).contains(new LiveSession("a", 0, 60, 2));
    assertThat(late.records()).isEmpty();
    assertThat(dead.records())
        .extracting(DeadLetter::record)
        .containsExactly(at("b", -1).toString());
  }

  private static Interaction at(String userId, long timestampMillis) {
    return Interaction.click(userId, "item", timestampMillis);
  }
}
