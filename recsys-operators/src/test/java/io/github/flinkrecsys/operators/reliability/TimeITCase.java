/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.operators.event.InteractionWatermarks;
import io.github.flinkrecsys.operators.replica.ReplicaScope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Streams whose times are odd. Impossible times, such as the year 2099, are in the stream of every
 * test with faults, see {@link TestShop#event}.
 */
class TimeITCase {
  private static TestCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = new TestMiniCluster(1);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  /** Two or three events of each user, and of some items, at each time. */
  private static Interaction oneTimeForAHundred(long number) {
    Interaction event = TestShop.event(3, number);
    boolean isStray = TestShop.isRefused(event) && event.userId() != null;
    return isStray
        ? event
        : Interaction.click(
            event.userId(), event.itemId(), number / 100 * (TestShop.GAP_MILLIS + 1));
  }

  @Test
  void equalTimesKeepTheOrderOfArrival(@TempDir Path directory) throws Exception {
    int events = 1_000;
    StreamExecutionEnvironment env = environment(directory);
    run(
        env,
        watermarks(
            "events",
            TestShop.source(env, "events", TimeITCase::oneTimeForAHundred, events, 10_000),
            Duration.ofMinutes(1)),
        directory);
    Expected expected =
        new Expected(LongStream.range(0, events).mapToObj(TimeITCase::oneTimeForAHundred).toList());
    assertThat(expected.lists).as("users and times").hasSizeLessThan(events / 2);
    assertThat(Outcome.of(directory, expected)).isEqualTo(new Outcome(0, 0, ""));
    assertThat(Outcome.scored(directory).values()).containsOnly(expected.scored);
  }

  /** Two records, the second four seconds after the first: no user, and a time long past. */
  private static Interaction silent(long number) {
    return number == 0
        ? Interaction.click(null, "refused-0", 0)
        : Interaction.click("silent", "i0", 1);
  }

  @Test
  void aSilentSourceDoesNotHoldTimeBackAndItsLateEventsAreLearnedFrom(@TempDir Path directory)
      throws Exception {
    int events = 2_500; // Five seconds.
    StreamExecutionEnvironment env = environment(directory);
    DataStream<Interaction> busy =
        TestShop.source(env, "busy", n -> TestShop.event(3, n), events, 500);
    DataStream<Interaction> silent = TestShop.source(env, "silent", TimeITCase::silent, 2, 0.25);
    run(
        env,
        watermarks("busy", busy, Duration.ofMinutes(1))
            .union(watermarks("silent", silent, Duration.ofMillis(300))),
        directory);

    List<Interaction> all = new ArrayList<>();
    LongStream.range(0, events).forEach(n -> all.add(TestShop.event(3, n)));
    all.add(silent(0));
    all.add(silent(1));
    Expected expected = new Expected(all);
    expected.sessions.remove(TestShop.sessionText("silent", 1, 1, "i0"));
    expected.late.put(silent(1).toString(), 1L);
    assertThat(Outcome.of(directory, expected)).isEqualTo(new Outcome(0, 0, ""));
  }

  private static DataStream<Interaction> watermarks(
      String name, DataStream<Interaction> events, Duration idleness) {
    return TestShop.one(
        "watermarks-" + name,
        events.assignTimestampsAndWatermarks(InteractionWatermarks.of(Duration.ZERO, idleness)));
  }

  private static void run(
      StreamExecutionEnvironment env, DataStream<Interaction> events, Path directory)
      throws Exception {
    FaultPlan plan = new FaultPlan(directory.toString(), List.of());
    TestShop.build(events, ReplicaScope.TASK_MANAGER, plan, 0);
    env.execute();
  }

  private static StreamExecutionEnvironment environment(Path directory) {
    Configuration configuration =
        TestCluster.configuration(directory.resolve("checkpoints"), Duration.ofMillis(100));
    configuration.setString("restart-strategy.type", "none");
    StreamExecutionEnvironment env = cluster.environment(configuration);
    env.setParallelism(2);
    return env;
  }
}
