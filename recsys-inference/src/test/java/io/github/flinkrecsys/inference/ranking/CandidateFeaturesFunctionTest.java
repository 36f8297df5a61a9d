/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.feature.FeatureConfig;
import io.github.flinkrecsys.core.feature.FeatureVector;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.TestableKeyedStateBackend;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.junit.jupiter.api.Test;

class CandidateFeaturesFunctionTest {
  private static final FeatureConfig USER =
      FeatureConfig.builder().count("clicks", Duration.ofDays(1)).build();
  private static final FeatureConfig ITEM =
      FeatureConfig.builder()
          .count("views", Duration.ofDays(1))
          .count("sales", Duration.ofDays(1))
          .build();
  private static final CandidateFeatureConfig CONFIG =
      new CandidateFeatureConfig(USER, ITEM, 2, Duration.ofMillis(100));

  @Test
  void columnsAreInTheOrderOfTheRow() {
    assertThat(CONFIG.columns())
        .containsExactly("user.clicks", "list.score", "list.place", "item.views", "item.sales");
    assertThat(CONFIG.version()).isNotEqualTo(CandidateFeatureConfig.of(ITEM, USER).version());
  }

  @Test
  void joinsTheNewestFeaturesAlsoAfterARestoreAndARescale() throws Exception {
    OperatorSubtaskState[] snapshots = new OperatorSubtaskState[2];
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var harness = harness(2, subtask)) {
        harness.open();
        harness.processBroadcastElement(vector("a", 1, ITEM, 10, 20), 1);
        harness.processBroadcastElement(vector("b", 1, ITEM, 1, 2), 1);
        harness.processBroadcastElement(vector("b", 2, ITEM, 30, 40), 2);
        // Beyond the bound, and of other features.
        harness.processBroadcastElement(vector("c", 2, ITEM, 5, 5), 2);
        harness.processBroadcastElement(vector("a", 2, USER, 7), 2);
        for (String user : List.of("u1", "u2", "u3", "u4")) {
          if (subtaskOf(user, 2) == subtask) {
            harness.processElement(ListOrFeatures.of(vector(user, 5, USER, 6)), 5);
            harness.processElement(ListOrFeatures.of(vector(user, 4, USER, 5)), 4);
          }
        }
        snapshots[subtask] = harness.snapshot(1, 1);
      }
    }
    int asked = 0;
    for (int subtask = 0; subtask < 3; subtask++) {
      try (var harness = harness(3, subtask)) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                AbstractStreamOperatorTestHarness.repackageState(snapshots), 128, 2, 3, subtask));
        harness.open();
        for (String user : List.of("u1", "u2", "u3", "u4")) {
          if (subtaskOf(user, 3) == subtask) {
            harness.processElement(ListOrFeatures.of(list(user)), 6);
            CandidateFeatures given = harness.extractOutputValues().get(0);
            harness.getOutput().clear();
            assertThat(given.context()).containsExactly(6);
            assertThat(given.candidates())
                .containsExactly(0.5f, 0, 30, 40, 0.25f, 1, 10, 20, 0.125f, 2, 0, 0);
            assertThat(given.featuresVersion()).isEqualTo(CONFIG.version());
            asked++;
          }
        }
      }
    }
    assertThat(asked).isEqualTo(4);
  }

  @Test
  void recordsOfNullsFailNoJob() throws Exception {
    try (var harness = harness(1, 0)) {
      harness.open();
      harness.processBroadcastElement(new FeatureVector("a", 1, ITEM.version(), null), 1);
      harness.processBroadcastElement(new FeatureVector(null, 1, ITEM.version(), new float[2]), 1);
      harness.processElement(
          ListOrFeatures.of(new FeatureVector(null, 1, USER.version(), null)), 1);
      harness.processElement(
          ListOrFeatures.of(new RecommendationList(null, 1, 0, new ScoredItem[1])), 1);
      harness.processElement(ListOrFeatures.of(new RecommendationList("u", 1, 0, null)), 1);

      assertThat(harness.extractOutputValues())
          .extracting(CandidateFeatures::candidates)
          .containsExactly(new float[4], new float[0]);
    }
  }

  @Test
  void aUserIsUnknownAtFirstAndForgottenAfterASilence() throws Exception {
    try (var harness = harness(1, 0)) {
      harness.open();
      harness.processElement(ListOrFeatures.of(list("u")), 1);
      harness.processElement(ListOrFeatures.of(vector("u", 10, USER, 6)), 10);
      assertThat(entries(harness)).isEqualTo(1);
      harness.processWatermark(new Watermark(109));
      harness.processBroadcastWatermark(new Watermark(109));
      harness.processElement(ListOrFeatures.of(list("u")), 11);
      harness.processWatermark(new Watermark(111));
      harness.processBroadcastWatermark(new Watermark(111));
      assertThat(entries(harness)).isZero();
      harness.processElement(ListOrFeatures.of(list("u")), 12);
      assertThat(harness.extractOutputValues())
          .extracting(given -> given.context()[0])
          .containsExactly(0f, 6f, 0f);
    }
  }

  /** As many features, with other meanings, must not be given to a model as if they were these. */
  @Test
  void featuresOfAnotherConfigAreUnknownAfterARestore() throws Exception {
    FeatureConfig slower =
        FeatureConfig.builder()
            .count("views", Duration.ofDays(30))
            .count("sales", Duration.ofDays(30))
            .build();
    OperatorSubtaskState snapshot;
    try (var harness = harness(1, 0)) {
      harness.open();
      harness.processBroadcastElement(vector("a", 1, ITEM, 10, 20), 1);
      harness.processBroadcastElement(vector("b", 1, ITEM, 30, 40), 1);
      snapshot = harness.snapshot(1, 1);
    }
    CandidateFeatureConfig changed =
        new CandidateFeatureConfig(USER, slower, 2, Duration.ofMillis(100));
    try (var harness = harness(changed, 1, 0)) {
      harness.initializeState(snapshot);
      harness.open();
      harness.processElement(ListOrFeatures.of(list("u")), 6);
      harness.processBroadcastElement(vector("a", 7, slower, 1, 2), 7);
      harness.processBroadcastElement(vector("c", 7, slower, 3, 4), 7);
      harness.processElement(ListOrFeatures.of(list("u")), 8);
      snapshot = harness.snapshot(2, 2);
      assertThat(harness.extractOutputValues())
          .extracting(CandidateFeatures::candidates)
          .containsExactly(
              new float[] {0.5f, 0, 0, 0, 0.25f, 1, 0, 0, 0.125f, 2, 0, 0},
              new float[] {0.5f, 0, 0, 0, 0.25f, 1, 1, 2, 0.125f, 2, 3, 4});
    }
    try (var harness = harness(changed, 1, 0)) {
      harness.initializeState(snapshot);
      harness.open();
      harness.processElement(ListOrFeatures.of(list("u")), 9);
      assertThat(harness.extractOutputValues().get(0).candidates())
          .containsExactly(0.5f, 0, 0, 0, 0.25f, 1, 1, 2, 0.125f, 2, 3, 4);
    }
  }

  private static KeyedBroadcastOperatorTestHarness<
          String, ListOrFeatures, FeatureVector, CandidateFeatures>
      harness(int parallelism, int subtask) throws Exception {
    return harness(CONFIG, parallelism, subtask);
  }

  private static KeyedBroadcastOperatorTestHarness<
          String, ListOrFeatures, FeatureVector, CandidateFeatures>
      harness(CandidateFeatureConfig config, int parallelism, int subtask) throws Exception {
    var operator =
        new CoBroadcastWithKeyedOperator<>(
            new CandidateFeaturesFunction(config),
            List.of(CandidateFeaturesFunction.ITEM_STATE, CandidateFeaturesFunction.VERSION_STATE));
    return new KeyedBroadcastOperatorTestHarness<>(
        operator,
        ListOrFeatures::userId,
        TypeInformation.of(String.class),
        128,
        parallelism,
        subtask);
  }

  private static int entries(KeyedBroadcastOperatorTestHarness<?, ?, ?, ?> harness)
      throws Exception {
    return ((TestableKeyedStateBackend<?>) harness.getOperator().getKeyedStateBackend())
        .numKeyValueStateEntries();
  }

  private static int subtaskOf(String user, int parallelism) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(user, 128, parallelism);
  }

  private static FeatureVector vector(
      String key, long atMillis, FeatureConfig config, float... values) {
    return new FeatureVector(key, atMillis, config.version(), values);
  }

  private static RecommendationList list(String user) {
    return new RecommendationList(
        user,
        6,
        0,
        new ScoredItem[] {
          new ScoredItem("b", 0.5f, "factors", null),
          new ScoredItem("a", 0.25f, "factors", null),
          new ScoredItem("c", 0.125f, "factors", null)
        });
  }
}
