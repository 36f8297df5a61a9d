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
    RankingConfig config =
        RankingConfig.builder()
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
    Ranker ranker =
        new Ranker(config, models(two, new ItemNeighbors(NeighborConfig.NONE, two, DECAY)));
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
