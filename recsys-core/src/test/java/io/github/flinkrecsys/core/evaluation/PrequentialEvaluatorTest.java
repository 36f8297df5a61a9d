/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.ranking.ItemModels;
import io.github.flinkrecsys.core.ranking.RankedItems;
import io.github.flinkrecsys.core.ranking.Ranker;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.ranking.RankingContext;
import io.github.flinkrecsys.core.ranking.Sources;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.replica.ReplicaConfig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrequentialEvaluatorTest {
  private final ItemReplica items = new ItemReplica(new ReplicaConfig(1, 0, 1, 100));
  private final DecayedCount noDecay = DecayedCount.withHalfLife(DecayedCount.NEVER);

  /** Items "i0" to "i4", each more popular than the next. */
  private List<RankedItems> popularityList() {
    for (int i = 0; i < 5; i++) {
      items.addPopularity(items.admit("i" + i), noDecay.of(100 - i, 0));
    }
    Ranker ranker =
        new Ranker(
            RankingConfig.builder().k(5).candidates(5).build(), ItemModels.of(items, noDecay));
    return ranker.rank(RankingContext.unknownUser(0)).subList(0, 1);
  }

  @Test
  void metricsAreTheOnesComputedByHand() {
    List<RankedItems> lists = popularityList();
    PrequentialEvaluator evaluator =
        new PrequentialEvaluator(EvaluationConfig.of(3, Duration.ofSeconds(1)), items);
    evaluator.judge(lists, items.slot("i0"), 0);
    evaluator.judge(lists, items.slot("i2"), 500);
    evaluator.judge(lists, items.slot("i3"), 999);
    evaluator.judge(lists, -1, 999);
    MetricSums sums = new MetricSums();
    evaluator.copy().forEach(sums::add);
    EvaluationResult result = sums.result(Sources.POPULARITY, false, 1000);
    assertThat(result.scored()).isEqualTo(4);
    assertThat(result.recall()).isEqualTo(0.5);
    assertThat(result.mrr()).isCloseTo((1 + 1.0 / 3) / 4, within(1e-12));
    // gains: 1 / log2(2) and 1 / log2(4)
    assertThat(result.ndcg()).isCloseTo((1 + 0.5) / 4, within(1e-12));
    assertThat(result.coverage()).isCloseTo(3.0 / 5, within(1e-12));
    assertThat(result.mae()).isNaN();
  }

  @Test
  void windowsAreApartAndDrainedOnce() {
    List<RankedItems> lists = popularityList();
    PrequentialEvaluator evaluator =
        new PrequentialEvaluator(EvaluationConfig.of(3, Duration.ofSeconds(1)), items);
    evaluator.judge(lists, 0, 999);
    evaluator.judge(lists, 4, 1000);
    List<EvaluationSums> parts = evaluator.copy();
    assertThat(parts).extracting(EvaluationSums::windowStartMillis).containsExactly(0L, 1000L);
    assertThat(parts).extracting(EvaluationSums::hits).containsExactly(1L, 0L);
    evaluator.clear();
    assertThat(evaluator.isEmpty()).isTrue();
    evaluator.judge(lists, 1, 1500);
    assertThat(evaluator.copy()).hasSize(1);
    assertThat(evaluator.copy().get(0).scored()).isEqualTo(1);
    assertThat(evaluator.copy().get(0).listedItems()).as("already reported").isEmpty();
  }

  @Test
  void restoredPartsAreHandedOutOnce() {
    List<RankedItems> lists = popularityList();
    EvaluationConfig config = EvaluationConfig.of(3, Duration.ofSeconds(1));
    PrequentialEvaluator before = new PrequentialEvaluator(config, items);
    before.judge(lists, 0, 999);
    PrequentialEvaluator after = new PrequentialEvaluator(config, items);
    after.restore(before.copy());
    assertThat(after.isEmpty()).isFalse();
    after.judge(lists, 0, 999);
    MetricSums sums = new MetricSums();
    after.copy().forEach(sums::add);
    assertThat(sums.scored).isEqualTo(2);
    after.clear();
    assertThat(after.copy()).isEmpty();
  }

  @Test
  void predictedRatingsAreClipped() {
    PrequentialEvaluator evaluator =
        new PrequentialEvaluator(EvaluationConfig.ratings(Duration.ofSeconds(1), 1, 5), items);
    evaluator.judgeRating("factors", 7, 4, 0);
    evaluator.judgeRating("factors", 3.5, 3, 0);
    MetricSums sums = new MetricSums();
    evaluator.copy().forEach(sums::add);
    EvaluationResult result = sums.result("factors", true, 1000);
    assertThat(result.mae()).isCloseTo(0.75, within(1e-12));
    assertThat(result.rmse()).isCloseTo(Math.sqrt((1 + 0.25) / 2), within(1e-12));
    assertThat(result.recall()).isNaN();
  }

  @Test
  void configsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> EvaluationConfig.of(10, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("window must be between 1 ms and 35 million years, got PT0S");
    assertThatThrownBy(() -> EvaluationConfig.ratings(Duration.ofSeconds(1), 5, 1))
        .hasMessage("lowestRating must be below highestRating (1.0), got 5.0");
  }
}
