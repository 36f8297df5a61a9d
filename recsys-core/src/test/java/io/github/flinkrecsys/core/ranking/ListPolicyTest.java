/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.event.Attributes;
import io.github.flinkrecsys.core.event.Features;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.replica.ReplicaConfig;
import io.github.flinkrecsys.core.rule.ItemRule;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is done to ranked items before they are served. */
class ListPolicyTest {
  private static final DecayedCount DECAY = DecayedCount.withHalfLife(Duration.ofDays(1));
  private static final long NOW = 1_700_000_000_000L;
  private static final float[] USER = {1, 0, 0};
  private static final ListPolicy SERVED_FOR_AN_HOUR =
      ListPolicy.builder().servedFor(Duration.ofHours(1)).maxServedItems(2_000).build();

  /** Item n scores 9 - n; even ones are shoes, odd ones hats; 100 interactions each. */
  private final ItemReplica items = new ItemReplica(new ReplicaConfig(2, 0, 1, 3_000));

  ListPolicyTest() {
    for (int n = 0; n < 10; n++) {
      int slot = items.admit("i" + n);
      items.addFactors(slot, new float[] {9 - n, 0, 0}, 0);
      items.addPopularity(slot, DECAY.of(100, NOW));
      String category = n % 2 == 0 ? "shoe" : "hat";
      items.putMetadata(
          new ItemMetadata("i" + n, Attributes.of(Map.of("category", category)), Features.NONE, 1));
    }
  }

  @Test
  void withoutAPolicyTheRankingIsServed() {
    RecommendationList list = serve(ListPolicy.NONE, 3, null, NOW);
    assertThat(ids(list)).containsExactly("i0", "i1", "i2");
    assertThat(list.policy()).isEqualTo("blend");
    assertThat(list.generatedAtMillis()).isEqualTo(NOW);
  }

  @Test
  void whatWasServedIsNotServedAgainForAWhile() {
    ListPolicy policy =
        ListPolicy.builder().servedFor(Duration.ofMillis(10)).maxServedItems(4).build();
    ServedItems served = new ServedItems();
    assertThat(ids(serve(policy, 2, served, NOW))).containsExactly("i0", "i1");
    assertThat(ids(serve(policy, 2, served, NOW + 5))).containsExactly("i2", "i3");
    assertThat(ids(serve(policy, 2, served, NOW + 9))).containsExactly("i4", "i5");
    assertThat(served.count).as("four are remembered").isEqualTo(4);
    assertThat(ids(serve(policy, 2, served, NOW + 14)))
        .as("i0 and i1 are forgotten, i2 to i5 are not yet free")
        .containsExactly("i0", "i1");
    assertThat(serve(policy, 1, served, NOW).policy()).isEqualTo("blend; servedFor=PT0.01S");
  }

  @Test
  void whatWasServedComesBackAfterItsTime() {
    ListPolicy policy = ListPolicy.builder().servedFor(Duration.ofMillis(10)).build();
    ServedItems served = new ServedItems();
    serve(policy, 2, served, NOW);
    assertThat(ids(serve(policy, 1, served, NOW + 9))).containsExactly("i2");
    assertThat(ids(serve(policy, 2, served, NOW + 10))).containsExactly("i0", "i1");
  }

  @Test
  void whereNothingIsLeftWhatIsPopularFillsTheListAndIsServedOnceToo() {
    ListPolicy policy = ListPolicy.builder().servedFor(Duration.ofHours(1)).build();
    ServedItems served = new ServedItems();
    Set<String> all = new HashSet<>();
    for (int n = 0; n < 5; n++) {
      all.addAll(ids(serve(policy, 2, served, NOW)));
    }
    assertThat(all).hasSize(10);
    assertThat(serve(policy, 2, served, NOW).items()).isEmpty();
  }

  @Test
  void aCatalogueIsServedToItsEndHoweverOftenAUserComesBack() {
    addUncategorised(1_000);
    Ranker ranker = ranker(RankingConfig.builder().policy(SERVED_FOR_AN_HOUR).build());
    ServedItems served = new ServedItems();
    Set<String> all = new HashSet<>();
    for (int n = 0; n < 101; n++) {
      ranker.rankBlend(new RankingContext(USER, null, null, null, NOW + n), served);
      all.addAll(ids(ranker.recommend("u", 10, served, false)));
    }
    assertThat(all).hasSize(1_010);
    ranker.rankBlend(new RankingContext(USER, null, null, null, NOW + 101), served);
    assertThat(ranker.recommend("u", 10, served, false).items()).isEmpty();
  }

  @Test
  void whatWasServedStillCountsWhereTheRankingIsJudged() {
    Ranker ranker = ranker(RankingConfig.builder().policy(SERVED_FOR_AN_HOUR).build());
    ServedItems served = new ServedItems();
    ranker.rankBlend(new RankingContext(USER, null, null, null, NOW), served);
    ranker.recommend("u", 2, served, false);
    List<RankedItems> lists = ranker.rank(new RankingContext(USER, null, null, null, NOW));
    assertThat(lists.get(2).slot(0)).isEqualTo(items.slot("i0"));
  }

  @Test
  void whatCapsHoldBackIsFilledFromTheWholeCatalogueAndSaysSo() {
    addUncategorised(2_000);
    for (int n = 0; n < 20; n++) {
      items.putMetadata(
          new ItemMetadata(
              "x" + (1_900 + n), Attributes.of(Map.of("category", "c" + n)), Features.NONE, 1));
    }
    for (int n = 0; n < 1_900; n++) {
      items.putMetadata(
          new ItemMetadata("x" + n, Attributes.of(Map.of("category", "many")), Features.NONE, 1));
    }
    RecommendationList list = serve(ListPolicy.builder().cap("category", 1).build(), 10, null, NOW);
    assertThat(ids(list)).startsWith("i0", "i1", "x0").endsWith("x1906").hasSize(10);
    assertThat(list.items()[9].source()).isEqualTo(Sources.POPULARITY);
    assertThat(list.policy()).isEqualTo("blend; cap(category)=1; filled=popularity");
  }

  /** Each a little less popular than the one before, and all than the others. */
  private void addUncategorised(int count) {
    for (int n = 0; n < count; n++) {
      items.addPopularity(items.admit("x" + n), DECAY.of(50 - 0.01 * n, NOW));
    }
  }

  @Test
  void capsBoundItemsPerValue() {
    ListPolicy policy = ListPolicy.builder().cap("category", 1).cap("brand", 1).build();
    RecommendationList list = serve(policy, 5, null, NOW);
    assertThat(ids(list)).containsExactly("i0", "i1");
    assertThat(list.policy()).isEqualTo("blend; cap(brand)=1; cap(category)=1");
    assertThat(ids(serve(ListPolicy.builder().cap("category", 2).build(), 5, null, NOW)))
        .containsExactly("i0", "i1", "i2", "i3");
  }

  @Test
  void diversityTakesWhatDiffersFromWhatWasTaken() {
    items.addFactors(items.slot("i5"), new float[] {0, 40, 0}, 0);
    assertThat(ids(serve(ListPolicy.NONE, 2, null, NOW))).containsExactly("i0", "i1");
    RecommendationList list = serve(ListPolicy.builder().diversity(0.5).build(), 2, null, NOW);
    assertThat(ids(list)).containsExactly("i0", "i5");
    assertThat(list.policy()).isEqualTo("blend; diversity=mmr(0.5)");
  }

  @Test
  void explorationGivesItsShareToFreshItems() {
    for (int n = 0; n < 5; n++) {
      items.addPopularity(items.admit("fresh" + n), DECAY.of(1, NOW));
    }
    ListPolicy policy = ListPolicy.builder().exploration(0.2).build();
    int explored = 0;
    for (int n = 0; n < 500; n++) {
      RecommendationList list = serve(policy, 4, null, NOW + n);
      for (ScoredItem item : list.items()) {
        boolean isFresh = item.itemId().startsWith("fresh");
        assertThat(item.source().equals(Sources.EXPLORATION)).isEqualTo(isFresh);
        explored += isFresh ? 1 : 0;
      }
      assertThat(ids(list)).doesNotHaveDuplicates().hasSize(4);
      assertThat(ids(serve(policy, 4, null, NOW + n))).as("drawn by seed").isEqualTo(ids(list));
    }
    // 2,000 places, expected 400, standard deviation 18.
    assertThat(explored).isBetween(310, 490);
    assertThat(serve(policy, 1, null, NOW).policy()).isEqualTo("blend; exploration=epsilon(0.2)");
  }

  @Test
  void withoutFreshItemsNothingIsExplored() {
    ListPolicy policy = ListPolicy.builder().exploration(1).build();
    assertThat(ids(serve(policy, 3, null, NOW))).containsExactly("i0", "i1", "i2");
  }

  @Test
  void unknownUsersGetAFallbackThatSaysSo() {
    Ranker ranker = ranker(RankingConfig.builder().build());
    ranker.rank(RankingContext.unknownUser(NOW));
    RecommendationList list = ranker.recommend("u", 3, null, false);
    assertThat(list.policy()).isEqualTo("fallback");
    assertThat(list.items())
        .hasSize(3)
        .extracting(ScoredItem::source)
        .containsOnly(Sources.POPULARITY);
  }

  @Test
  void partsOfAScoreAddUpToIt() {
    Ranker ranker = ranker(RankingConfig.builder().build());
    ranker.rank(new RankingContext(USER, null, null, null, NOW));
    for (ScoredItem item : ranker.recommend("u", 10, null, true).items()) {
      assertThat(item.parts())
          .extracting(ScorePart::source)
          .containsExactly(Sources.POPULARITY, Sources.FACTORS);
      double sum = Arrays.stream(item.parts()).mapToDouble(ScorePart::score).sum();
      assertThat(sum).isCloseTo(item.score(), within(1e-5));
    }
    assertThat(ranker.recommend("u", 1, null, false).items()[0].parts()).isEmpty();
  }

  @Test
  void aSourceThatThrowsIsPassedOverAndCounted() {
    CandidateSource.Factory broken =
        replica ->
            new CandidateSource() {
              @Override
              public String name() {
                return "broken";
              }

              @Override
              public void retrieve(RankingContext context, Candidates into) {
                into.add(9, 1000, -1);
                throw new IllegalStateException("broken");
              }
            };
    Ranker ranker = ranker(RankingConfig.builder().source(broken).build());
    List<RankedItems> lists = ranker.rank(new RankingContext(USER, null, null, null, NOW));
    assertThat(lists.get(2).size()).isZero();
    assertThat(ids(ranker.recommend("u", 2, null, false))).containsExactly("i0", "i1");
    assertThat(ranker.takeSourceFailures()).isEqualTo(1);
    assertThat(ranker.takeSourceFailures()).isZero();
    assertThat(ranker.sourceFaults())
        .extracting(SourceFaults::source, SourceFaults::failures)
        .containsExactly(tuple(Sources.POPULARITY, 0L), tuple("broken", 1L));
  }

  @Test
  void whatIsNoItemIsPassedOverAndCounted() {
    CandidateSource.Factory careless =
        replica ->
            new CandidateSource() {
              @Override
              public String name() {
                return "careless";
              }

              @Override
              public void retrieve(RankingContext context, Candidates into) {
                into.add(5_000, 1, -1);
                into.add(500, 1, -1);
                into.add(-1, 1, -1);
                into.add(3, 1, 5_000);
                into.add(3, 1, -7);
                into.add(3, Float.NaN, -1);
                into.add(3, Float.POSITIVE_INFINITY, -1);
                into.add(3, 0, -1);
                into.add(7, Float.MAX_VALUE, 2);
                into.add(7, Float.MAX_VALUE, 2);
              }
            };
    RankingConfig config =
        RankingConfig.builder()
            .source(careless)
            .blend(BlendConfig.builder().weight("careless", 9).fixed().build())
            .build();
    Ranker ranker = ranker(config);
    List<RankedItems> lists = ranker.rank(new RankingContext(USER, null, null, null, NOW));
    assertThat(lists.get(2).size()).isEqualTo(1);
    ScoredItem best = ranker.recommend("u", 10, null, true).items()[0];
    assertThat(best)
        .extracting(ScoredItem::itemId, ScoredItem::source, ScoredItem::becauseItemId)
        .containsExactly("i7", "careless", "i2");
    SourceFaults faults = ranker.sourceFaults().get(1);
    assertThat(faults.refused()).isEqualTo(7);
    assertThat(faults.failures()).isZero();
  }

  @Test
  void anItemWhoseRuleThrowsIsHeldBackAndCounted() {
    ItemRule rule = metadata -> metadata.attributes().get("missing").isEmpty();
    Ranker ranker = ranker(RankingConfig.builder().rule(rule).build());
    ranker.rank(new RankingContext(USER, null, null, null, NOW));
    assertThat(ranker.recommend("u", 2, null, false).items()).isEmpty();
    assertThat(ranker.takeRuleFailures()).isGreaterThanOrEqualTo(10);
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> ListPolicy.builder().servedFor(Duration.ofSeconds(-1)).build())
        .hasMessage("servedFor must be non-negative, got PT-1S");
    assertThatThrownBy(() -> ListPolicy.builder().maxServedItems(0).build())
        .hasMessage("maxServedItems must be between 1 and 100000, got 0");
    assertThatThrownBy(() -> ListPolicy.builder().cap("brand", 0).build())
        .hasMessage("cap of brand must be positive, got 0");
    assertThatThrownBy(() -> ListPolicy.builder().cap(" ", 1))
        .hasMessageStartingWith("attribute must be");
    assertThatThrownBy(() -> ListPolicy.builder().diversity(1.5).build())
        .hasMessage("diversity must be in [0.0, 1.0], got 1.5");
    assertThatThrownBy(() -> ListPolicy.builder().exploration(Double.NaN).build())
        .hasMessage("exploration must be in [0.0, 1.0], got NaN");
    assertThatThrownBy(() -> ListPolicy.builder().freshBelow(0).build())
        .hasMessage("freshBelow must be positive, got 0.0");
  }

  private Ranker ranker(RankingConfig config) {
    return new Ranker(config, ItemModels.of(items, DECAY));
  }

  private RecommendationList serve(ListPolicy policy, int k, ServedItems served, long atMillis) {
    Ranker ranker = ranker(RankingConfig.builder().policy(policy).build());
    ranker.rankBlend(new RankingContext(USER, null, null, null, atMillis), served);
    return ranker.recommend("u", k, served, false);
  }

  private static List<String> ids(RecommendationList list) {
    return Arrays.stream(list.items()).map(ScoredItem::itemId).toList();
  }
}
