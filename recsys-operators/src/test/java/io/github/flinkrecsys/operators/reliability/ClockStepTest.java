/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.operators.factorization.ItemDelta;
import io.github.flinkrecsys.operators.factorization.ItemFactor;
import io.github.flinkrecsys.operators.factorization.ModelSettings;
import io.github.flinkrecsys.operators.pipeline.RecommenderFunction;
import io.github.flinkrecsys.operators.ranking.ServingSettings;
import io.github.flinkrecsys.operators.testing.RecommenderHarness;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Steps of the wall clock, by which lists are throttled, steps sent and values conflated. */
class ClockStepTest {
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final ModelSettings MODEL =
      ModelSettings.builder("shop").factors(FactorConfig.positive().factors(2).build()).build();
  private static final ServingSettings THROTTLED =
      new ServingSettings(RankingConfig.builder().build(), true, Duration.ofMillis(500));

  @Test
  void aListHeldBackComesThoughTheClockIsSetBack() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users = taskManager.recommender(0, THROTTLED, null).open();
      users.clock(HOUR);
      users.send1(Interaction.click("u", "a", 1));
      users.clock(HOUR + 100);
      users.send1(Interaction.click("u", "b", 2));
      users.clock(0);
      assertThat(users.output()).extracting(RecommendationList::generatedAtMillis).containsOnly(1L);
      users.fireClockTimer("u", HOUR + 500);
      assertThat(users.output())
          .extracting(RecommendationList::generatedAtMillis)
          .containsExactly(1L, 2L);
      users.send1(Interaction.click("u", "c", 3));
      users.clock(500);
      assertThat(users.output())
          .extracting(RecommendationList::generatedAtMillis)
          .containsExactly(1L, 2L, 3L);
    }
  }

  @Test
  void theNextListDoesNotWaitForAClockThatWasSetBack() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users = taskManager.recommender(0, THROTTLED, null).open();
      users.clock(HOUR);
      users.send1(Interaction.click("u", "a", 1));
      users.clock(0);
      users.send1(Interaction.click("u", "b", 2));
      assertThat(users.output()).hasSize(2);
    }
  }

  @Test
  void aStepForwardSendsWhatWasHeldBackOnce() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users = taskManager.recommender(0, THROTTLED, null).open();
      users.send1(Interaction.click("u", "a", 1));
      users.send1(Interaction.click("u", "b", 2));
      users.clock(1_000 * HOUR);
      assertThat(users.output())
          .extracting(RecommendationList::generatedAtMillis)
          .containsExactly(1L, 2L);
      assertThat(users.sideOutput(RecommenderFunction.ITEM_DELTAS)).hasSize(1);
      assertThat(users.clockTimers()).isZero();
    }
  }

  @Test
  void stepsAreSentThoughTheClockIsSetBack() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users = taskManager.recommender(0, THROTTLED, null).open();
      long delay = MODEL.flush().maxDelay().toMillis();
      users.clock(HOUR);
      users.send1(Interaction.click("u", "a", 1));
      users.clock(0);
      users.fireClockTimer("u", HOUR + delay);
      assertThat(users.sideOutput(RecommenderFunction.ITEM_DELTAS)).hasSize(1);
      users.send1(Interaction.click("u", "b", 2));
      users.clock(delay);
      assertThat(users.sideOutput(RecommenderFunction.ITEM_DELTAS)).hasSize(2);
    }
  }

  @Test
  void itemFactorsAreSentThoughTheClockIsSetBack() throws Exception {
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var owners = taskManager.owners().open();
      owners.clock(HOUR);
      owners.send(new ItemDelta("a", new float[3], 1));
      owners.clock(0);
      owners.fireClockTimer("a", HOUR + 100);
      owners.send(new ItemDelta("a", new float[3], 1));
      owners.clock(100);
      assertThat(owners.output()).extracting(ItemFactor::updates).containsExactly(1L, 2L);
    }
  }
}
