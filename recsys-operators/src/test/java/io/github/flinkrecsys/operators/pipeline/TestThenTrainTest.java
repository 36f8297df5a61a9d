/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.evaluation.EvaluationConfig;
import io.github.flinkrecsys.core.evaluation.EvaluationSums;
import io.github.flinkrecsys.core.evaluation.MetricSums;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.factorization.FactorStep;
import io.github.flinkrecsys.core.factorization.FactorTrainer;
import io.github.flinkrecsys.core.ranking.BlendConfig;
import io.github.flinkrecsys.core.ranking.BlendWeights;
import io.github.flinkrecsys.core.ranking.ItemModels;
import io.github.flinkrecsys.core.ranking.RankedItems;
import io.github.flinkrecsys.core.ranking.Ranker;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.ranking.RankingContext;
import io.github.flinkrecsys.core.ranking.SeenItems;
import io.github.flinkrecsys.core.ranking.Sources;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.operators.factorization.FlushSettings;
import io.github.flinkrecsys.operators.factorization.ModelSettings;
import io.github.flinkrecsys.operators.ranking.ServingSettings;
import io.github.flinkrecsys.operators.testing.RecommenderHarness;
import io.github.flinkrecsys.operators.testing.SampleStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The function evaluates, then trains, and it shows in the figures that it does. */
class TestThenTrainTest {
  private static final int K = 10;
  private static final List<Interaction> STREAM = SampleStream.of(3, 2_000, 50, 200);
  private static final FactorConfig FACTORS = FactorConfig.pairwise().factors(16).build();
  private static final ModelSettings MODEL =
      ModelSettings.builder("m")
          .factors(FACTORS)
          .flush(new FlushSettings(64, Duration.ofMillis(50)))
          .build();
  private static final RankingConfig RANKING = RankingConfig.builder().k(K).build();

  @Test
  void theFiguresAreThoseOfAnHonestLoop() throws Exception {
    Map<String, MetricSums> honest = loop(false);
    Map<String, MetricSums> judged = new HashMap<>();
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users =
          taskManager
              .recommender(
                  0,
                  ServingSettings.onUpdate(RANKING),
                  EvaluationConfig.of(K, Duration.ofMinutes(5)))
              .open();
      for (Interaction event : STREAM) {
        users.send1(event);
        users.watermark(event.timestampMillis() - 1);
      }
      users.watermark(Long.MAX_VALUE);
      for (EvaluationSums part : users.sideOutput(RecommenderFunction.EVALUATION)) {
        judged.computeIfAbsent(part.source(), s -> new MetricSums()).add(part);
      }
    }
    assertThat(judged.keySet())
        .containsExactlyInAnyOrder(Sources.POPULARITY, Sources.FACTORS, Sources.BLEND);
    judged.forEach(
        (source, sums) -> {
          MetricSums expected = honest.get(source);
          assertThat(sums.scored).as(source).isEqualTo(expected.scored).isGreaterThan(1_000);
          assertThat(sums.hits).as(source).isEqualTo(expected.hits);
          assertThat(sums.reciprocalRanks)
              .as(source)
              .isCloseTo(expected.reciprocalRanks, within(1e-9));
          assertThat(sums.gains).as(source).isCloseTo(expected.gains, within(1e-9));
        });
  }

  @Test
  void onlyUsersWhoAreDrawnAreJudged() throws Exception {
    double share = 0.3;
    Map<String, SeenItems> seen = new HashMap<>();
    long expected = 0;
    for (Interaction event : STREAM) {
      boolean isKnown = seen.containsKey(event.userId());
      SeenItems past = seen.computeIfAbsent(event.userId(), u -> new SeenItems());
      boolean isScored = isKnown && !past.contains(Hashes.hash(event.itemId()));
      expected += isScored && Hashes.isSampled(event.userId(), share) ? 1 : 0;
      past.add(Hashes.hash(event.itemId()), RANKING.maxSeenItems());
    }
    RankingConfig ranking =
        RankingConfig.builder()
            .k(K)
            .blend(BlendConfig.builder().userShare(share / 2).build())
            .build();
    MetricSums blend = new MetricSums();
    try (var taskManager = RecommenderHarness.open(MODEL, 1)) {
      var users =
          taskManager
              .recommender(
                  0,
                  ServingSettings.onUpdate(ranking),
                  EvaluationConfig.of(K, Duration.ofMinutes(5)).withUserShare(share))
              .open();
      for (Interaction event : STREAM) {
        users.send1(event);
      }
      users.watermark(Long.MAX_VALUE);
      for (EvaluationSums part : users.sideOutput(RecommenderFunction.EVALUATION)) {
        if (part.source().equals(Sources.BLEND)) {
          blend.add(part);
        }
      }
    }
    assertThat(blend.scored).isEqualTo(expected).isBetween(100L, 1_000L);
  }

  @Test
  void aPlantedLeakWouldRaiseTheFiguresOfFactors() {
    double honest = recall(loop(false).get(Sources.FACTORS));
    double leaked = recall(loop(true).get(Sources.FACTORS));
    // Measured: 0.229 and 0.887.
    assertThat(honest).isBetween(0.15, 0.35);
    assertThat(leaked).as("honest %s", honest).isGreaterThan(honest + 0.4);
  }

  private static double recall(MetricSums sums) {
    return (double) sums.hits / sums.scored;
  }

  /** The whole user side as one sequential loop over core classes. */
  private static Map<String, MetricSums> loop(boolean leak) {
    ItemReplica items = new ItemReplica(MODEL.replica().items());
    FactorTrainer trainer = new FactorTrainer(FACTORS);
    Ranker ranker = new Ranker(RANKING, ItemModels.of(items, MODEL.popularity()));
    Map<String, float[]> vectors = new HashMap<>();
    Map<String, SeenItems> seen = new HashMap<>();
    Map<String, Integer> steps = new HashMap<>();
    Map<String, MetricSums> sums = new HashMap<>();
    for (Interaction event : STREAM) {
      String user = event.userId();
      long at = event.timestampMillis();
      boolean isKnown = vectors.containsKey(user);
      float[] vector = vectors.computeIfAbsent(user, trainer::newUser);
      SeenItems past = seen.computeIfAbsent(user, u -> new SeenItems());
      boolean isScored = isKnown && !past.contains(Hashes.hash(event.itemId()));
      if (isScored && !leak) {
        int slot = items.slot(event.itemId());
        judge(ranker.rank(new RankingContext(vector, past, null, null, at)), slot, sums);
        if (slot >= 0) {
          ranker.learn(slot, new BlendWeights());
        }
      }
      int slot = items.admit(event.itemId());
      int step = steps.merge(user, 1, Integer::sum) - 1;
      FactorStep deltas = trainer.train(vector, user, step, slot, 1f, 1f, items);
      deltas.applyTo(items, MODEL.popularity().of(1, at));
      if (isScored && leak) {
        judge(ranker.rank(new RankingContext(vector, past, null, null, at)), slot, sums);
      }
      past.add(Hashes.hash(event.itemId()), RANKING.maxSeenItems());
    }
    return sums;
  }

  private static void judge(List<RankedItems> lists, int slot, Map<String, MetricSums> sums) {
    for (RankedItems list : lists) {
      MetricSums of = sums.computeIfAbsent(list.source(), s -> new MetricSums());
      of.scored++;
      for (int rank = 1; rank <= Math.min(K, list.size()); rank++) {
        if (list.slot(rank - 1) == slot) {
          of.hits++;
          of.reciprocalRanks += 1.0 / rank;
          of.gains += Math.log(2) / Math.log(rank + 1);
        }
      }
    }
  }
}
