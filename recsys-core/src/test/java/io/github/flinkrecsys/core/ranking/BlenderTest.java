/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.catalog.CatalogConfig;
import io.github.flinkrecsys.core.catalog.ContentIndex;
import io.github.flinkrecsys.core.catalog.Trends;
import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.graph.GraphConfig;
import io.github.flinkrecsys.core.graph.InteractionGraph;
import io.github.flinkrecsys.core.neighbor.ItemNeighbors;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import io.github.flinkrecsys.core.neighbor.RecentItems;
import io.github.flinkrecsys.core.neighbor.SessionIndex;
import io.github.flinkrecsys.core.neighbor.SessionIndexConfig;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.replica.ModelProgress;
import io.github.flinkrecsys.core.replica.ReplicaConfig;
import io.github.flinkrecsys.core.util.Hashes;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlenderTest {
  private static final DecayedCount DECAY = DecayedCount.withHalfLife(DecayedCount.NEVER);

  private final ItemReplica items = items(30);
  private final BlendWeights learned = new BlendWeights();
  private final BlendWeights unsent = new BlendWeights();

  private static ItemReplica items(int count) {
    ItemReplica items = new ItemReplica(new ReplicaConfig(2, 0, 1, 1_000));
    for (int i = 0; i < count; i++) {
      items.addPopularity(items.admit("i" + i), DECAY.of(1, 0));
    }
    return items;
  }

  private static CandidateSource source(String name, int... slots) {
    return new CandidateSource() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void retrieve(RankingContext context, Candidates into) {
        for (int slot : slots) {
          into.add(slot, 1, 0);
        }
      }
    };
  }

  private Ranker ranker(RankingConfig config) {
    ItemNeighbors none = new ItemNeighbors(NeighborConfig.NONE, items, DECAY);
    return new Ranker(config, models(items, none));
  }

  private ItemModels models(ItemReplica of, ItemNeighbors neighbors) {
    return new ItemModels(
        of,
        DECAY,
        neighbors,
        new SessionIndex(SessionIndexConfig.NONE),
        new Trends(CatalogConfig.NONE, of),
        new ContentIndex(CatalogConfig.NONE, of),
        learned,
        new InteractionGraph(GraphConfig.NONE),
        new ModelProgress());
  }

  private static RankingContext knownUser() {
    return new RankingContext(new float[3], null, null, null, 0);
  }

  @Test
  void theSourceThatUsersFollowGainsWeight() {
    RankingConfig config =
        RankingConfig.builder()
            .source(replica -> source("right", 1, 2, 3))
            .source(replica -> source("wrong", 4, 5, 6))
            .build();
    Ranker ranker = ranker(config);
    Random random = new Random(1);
    for (int n = 0; n < 200; n++) {
      ranker.rank(knownUser());
      ranker.learn(1 + random.nextInt(3), unsent);
    }
    double[] weights = new double[2];
    learned.read(0, List.of("right", "wrong"), new double[] {1, 1}, weights);
    assertThat(weights[0]).isGreaterThan(1.5).isLessThanOrEqualTo(BlendConfig.MAX_WEIGHT);
    assertThat(weights[1]).isLessThan(0.5).isGreaterThanOrEqualTo(-BlendConfig.MAX_WEIGHT);
    // Other segments begin with the shared part, learned twice as fast as the segment's own.
    double[] others = new double[2];
    learned.read(3, List.of("right", "wrong"), new double[] {1, 1}, others);
    assertThat(others[0] - 1).isCloseTo((weights[0] - 1) * 2 / 3, within(1e-9));
    assertThat(others[1] - 1).isCloseTo((weights[1] - 1) * 2 / 3, within(1e-9));
    // What was sent away and comes back elsewhere is the same.
    BlendWeights elsewhere = new BlendWeights();
    elsewhere.add(unsent.copy(1));
    assertThat(elsewhere.copy(1)).isEqualTo(learned.copy(1));
  }

  @Test
  void oneStepIsTheOneComputedByHand() {
    // Two items, one candidate each of nobody and of "s": no samples are left to draw.
    ItemReplica two = items(2);
    Ranker ranker =
        new Ranker(oneSource(), models(two, new ItemNeighbors(NeighborConfig.NONE, two, DECAY)));
    ranker.rank(knownUser());
    ranker.learn(1, unsent);
    // The mean score is 1/2, so the feature of item 1 is ln(1 + 2), of item 0 it is 0.
    double feature = Math.log(3);
    double slope = feature - feature * Math.exp(feature) / (1 + Math.exp(feature));
    double[] weight = new double[1];
    learned.read(0, List.of("s"), new double[] {1}, weight);
    double step = slope / Math.sqrt(1 + slope * slope);
    assertThat(weight[0]).isCloseTo(1 + (0.5 + 0.25) * step, within(1e-6));
  }

  /** Nine items of ten may not be recommended: one of a hundred draws stands for no more. */
  @Test
  void whatMayNotBeRecommendedDoesNotWeighOnWhatMay() {
    double alone = weightAfterOneStep(withUnused(400, 0), 0);
    assertThat(alone).isLessThan(0.5);
    assertThat(weightAfterOneStep(withUnused(400, 3_600), 0)).isCloseTo(alone, within(0.05));
  }

  /** Whether most of the catalogue is known by metadata only must not matter to a feature. */
  @Test
  void featuresCompareWithItemsThatSomebodyHasUsed() {
    assertThat(featureOf(withUnused(20, 10_000))).isEqualTo(featureOf(items(20)));
  }

  private static ItemReplica withUnused(int count, int unused) {
    ItemReplica replica = new ItemReplica(new ReplicaConfig(2, 0, 1, 20_000));
    for (int i = 0; i < count; i++) {
      replica.addPopularity(replica.admit("i" + i), DECAY.of(1, 0));
    }
    for (int i = 0; i < unused; i++) {
      replica.admit("unused" + i);
    }
    return replica;
  }

  private static RankingConfig oneSource() {
    return RankingConfig.builder()
        .k(1)
        .candidates(2)
        .blend(
            BlendConfig.builder()
                .weight(Sources.POPULARITY, 0)
                .weight(Sources.FACTORS, 0)
                .learningRate(0.5)
                .regularization(0)
                .build())
        .source(replica -> source("s", 1))
        .build();
  }

  private double weightAfterOneStep(ItemReplica of, int chosen) {
    learned.clear();
    Ranker ranker =
        new Ranker(oneSource(), models(of, new ItemNeighbors(NeighborConfig.NONE, of, DECAY)));
    ranker.rank(knownUser());
    ranker.learn(chosen, unsent);
    double[] weight = new double[1];
    learned.read(0, List.of("s"), new double[] {1}, weight);
    return weight[0];
  }

  private float featureOf(ItemReplica of) {
    Ranker ranker =
        new Ranker(oneSource(), models(of, new ItemNeighbors(NeighborConfig.NONE, of, DECAY)));
    ranker.rank(knownUser());
    ScorePart[] parts = ranker.recommend("u", 1, null, true).items()[0].parts();
    return parts[2].score();
  }

  @Test
  void aWeightAtItsBoundIsNotPushedOn() {
    CandidateSource.Factory right = replica -> nearlyAllTheSame("right", 1);
    RankingConfig config =
        RankingConfig.builder()
            .blend(
                BlendConfig.builder()
                    .weight("right", 9.9)
                    .learningRate(1)
                    .regularization(0)
                    .build())
            .source(right)
            .build();
    Ranker ranker = ranker(config);
    for (int n = 0; n < 100; n++) {
      ranker.rank(knownUser());
      ranker.learn(1, unsent);
    }
    double[] weight = new double[1];
    learned.read(0, List.of("right"), new double[] {9.9}, weight);
    assertThat(weight[0]).isEqualTo(10);
    learned.read(0, List.of("right"), new double[] {9.8}, weight);
    assertThat(weight[0]).as("the sum is past the bound by a step at most").isLessThan(10);
  }

  /** Proposes everything, one item a little more. */
  private static CandidateSource nearlyAllTheSame(String name, int favourite) {
    return new CandidateSource() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void retrieve(RankingContext context, Candidates into) {
        for (int slot = 0; slot < 30; slot++) {
          into.add(slot, slot == favourite ? 1.1f : 1, -1);
        }
      }
    };
  }

  @Test
  void fixedWeightsStay() {
    RankingConfig config =
        RankingConfig.builder().blend(BlendConfig.builder().fixed().build()).build();
    Ranker ranker = ranker(config);
    ranker.rank(knownUser());
    ranker.learn(3, unsent);
    assertThat(learned.isEmpty()).isTrue();
    assertThat(unsent.isEmpty()).isTrue();
  }

  @Test
  void neighborsSayBecauseOfWhichItem() {
    ItemNeighbors neighbors = new ItemNeighbors(NeighborConfig.builder().build(), items, DECAY);
    RecentItems recent = new RecentItems();
    recent.add(Hashes.hash("i3"), 50);
    recent.add(Hashes.hash("i4"), 50);
    neighbors.learn(items.slot("i9"), new int[] {items.slot("i3")}, 1, 5, 0);
    Ranker ranker = new Ranker(RankingConfig.builder().build(), models(items, neighbors));
    SeenItems seen = new SeenItems();
    seen.add(Hashes.hash("i3"), 10);
    seen.add(Hashes.hash("i4"), 10);
    List<RankedItems> lists = ranker.rank(new RankingContext(new float[3], seen, recent, null, 0));
    assertThat(lists)
        .extracting(RankedItems::source)
        .containsExactly(
            Sources.POPULARITY,
            Sources.FACTORS,
            Sources.NEIGHBORS,
            Sources.RECENT_NEIGHBORS,
            Sources.SEQUENCE,
            Sources.BLEND);
    assertThat(ranker.recommend("u", 1, null, false).items())
        .extracting(ScoredItem::itemId, ScoredItem::source, ScoredItem::becauseItemId)
        .containsExactly(tuple("i9", Sources.NEIGHBORS, "i3"));
  }

  @Test
  void eachSourceOfNeighborsHasReasonsOfItsOwn() {
    ItemNeighbors neighbors = new ItemNeighbors(NeighborConfig.builder().build(), items, DECAY);
    int i9 = items.slot("i9");
    // i1 came long ago and goes with i9 either way, i2 of late, and i9 came after i3.
    neighbors.learn(items.slot("i1"), new int[] {i9}, 1, 60, 0);
    neighbors.learn(items.slot("i2"), new int[] {i9}, 1, 20, 0);
    neighbors.learn(i9, new int[] {items.slot("i3")}, 1, 5, 0);
    RecentItems recent = new RecentItems();
    for (String item : List.of("i1", "i3", "i2")) {
      recent.add(Hashes.hash(item), 50);
    }
    RankingContext context = new RankingContext(new float[3], null, recent, null, 0);
    assertThat(reasonFor("i9", Sources.NEIGHBORS, neighbors, context)).isEqualTo("i1");
    assertThat(reasonFor("i9", Sources.RECENT_NEIGHBORS, neighbors, context)).isEqualTo("i2");
    assertThat(reasonFor("i9", Sources.SEQUENCE, neighbors, context)).isEqualTo("i3");
  }

  private String reasonFor(
      String itemId, String source, ItemNeighbors neighbors, RankingContext context) {
    BlendConfig.Builder blend = BlendConfig.builder().fixed();
    Sources.BUILT_IN.forEach(name -> blend.weight(name, name.equals(source) ? 1 : 0));
    RankingConfig config = RankingConfig.builder().blend(blend.build()).build();
    Ranker ranker = new Ranker(config, models(items, neighbors));
    ranker.rank(context);
    return Arrays.stream(ranker.recommend("u", 10, null, false).items())
        .filter(item -> item.itemId().equals(itemId) && item.source().equals(source))
        .findFirst()
        .orElseThrow()
        .becauseItemId();
  }

  @Test
  void segmentsAreByPowersOfThree() {
    int[] segments = new int[100];
    for (int n = 0; n < segments.length; n++) {
      segments[n] = BlendWeights.segment(n);
    }
    for (int[] bound : new int[][] {{3, 1}, {9, 2}, {27, 3}, {81, 4}}) {
      assertThat(segments[bound[0] - 1]).isEqualTo(bound[1] - 1);
      assertThat(segments[bound[0]]).isEqualTo(bound[1]);
    }
  }

  @Test
  void sourcesOfOneNameAreRefused() {
    RankingConfig config =
        RankingConfig.builder().source(replica -> source(Sources.FACTORS, 1)).build();
    assertThatThrownBy(() -> ranker(config))
        .hasMessage("sources must have different names, got two factors");
  }
}
