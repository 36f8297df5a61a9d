/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.flinkrecsys.core.event.Attributes;
import io.github.flinkrecsys.core.event.Features;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.replica.ReplicaConfig;
import io.github.flinkrecsys.core.rule.ItemRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankerTest {
  private static final DecayedCount DECAY = DecayedCount.withHalfLife(Duration.ofDays(1));
  private static final long NOW = 1_700_000_000_000L;

  @Test
  void namesOfSourcesAndOfWeightsAreChecked() {
    ItemReplica items = new ItemReplica(new ReplicaConfig(2, 0, 1, 10));
    RankingConfig typo =
        RankingConfig.builder()
            .blend(BlendConfig.builder().weight("neighbours", 1).build())
            .build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Ranker(typo, ItemModels.of(items, DECAY)))
        .withMessage("weight must be of a source that there is, got neighbours");
    RankingConfig reserved = RankingConfig.builder().source(of -> named("blend")).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Ranker(reserved, ItemModels.of(items, DECAY)))
        .withMessage(
            "name of a source must be none of the reserved [blend, exploration], got blend");
    RankingConfig own =
        RankingConfig.builder()
            .source(of -> named("own"))
            .blend(BlendConfig.builder().weight("own", 2).build())
            .build();
    assertThat(new Ranker(own, ItemModels.of(items, DECAY))).isNotNull();
  }

  @Test
  void everySourceIsClosedWhateverOthersThrow() {
    ItemReplica items = new ItemReplica(new ReplicaConfig(2, 0, 1, 10));
    List<String> closed = new ArrayList<>();
    RankingConfig.Builder config = RankingConfig.builder();
    for (String name : List.of("a", "b", "c", "d")) {
      config.source(of -> closing(name, closed));
    }
    Ranker ranker = new Ranker(config.build(), ItemModels.of(items, DECAY));
    assertThatThrownBy(ranker::close)
        .hasMessage("b cannot be closed")
        .satisfies(
            first ->
                assertThat(first.getSuppressed())
                    .extracting(Throwable::getMessage)
                    .containsExactly("c cannot be closed"));
    assertThat(closed).containsExactly("a", "b", "c", "d");
  }

  private static CandidateSource closing(String name, List<String> closed) {
    return source(
        name,
        () -> {
          closed.add(name);
          if (name.equals("b") || name.equals("c")) {
            throw new IllegalStateException(name + " cannot be closed");
          }
        });
  }

  private static CandidateSource named(String name) {
    return source(name, () -> {});
  }

  private static CandidateSource source(String name, Runnable onClose) {
    return new CandidateSource() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void retrieve(RankingContext context, Candidates into) {}

      @Override
      public void close() {
        onClose.run();
      }
    };
  }

  @Test
  void ranksExactlyAsAFullSortDoes() {
    for (long seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      ItemReplica items = randomItems(random, 1 + random.nextInt(3000));
      float[] user = {random.nextInt(3) - 1, random.nextInt(3) - 1, 0};
      SeenItems seen = new SeenItems();
      for (int n = 0; n < 50; n++) {
        seen.add(items.idHash(random.nextInt(items.size())), 40);
      }
      RankingConfig config =
          RankingConfig.builder()
              .k(20)
              .candidates(20)
              .factorScanUpTo(seed % 2 == 0 ? 0 : Integer.MAX_VALUE)
              .build();
      Ranker ranker = new Ranker(config, ItemModels.of(items, DECAY));
      List<RankedItems> lists = ranker.rank(new RankingContext(user, seen, null, null, NOW));
      assertThat(ids(items, lists.get(1)))
          .as("seed %d", seed)
          .isEqualTo(
              sorted(
                  items,
                  seen,
                  slot -> user[0] * factor(items, slot, 0) + user[1] * factor(items, slot, 1)));
      assertThat(ids(items, lists.get(0)))
          .as("seed %d", seed)
          .isEqualTo(sorted(items, seen, items::popularity));
    }
  }

  @Test
  void theBlendAloneGivesTheListsThatAllSourcesInOrderGive() {
    for (long seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      ItemReplica items = randomItems(random, 1 + random.nextInt(300));
      // Sometimes unknown, and sometimes with less left than a list is long.
      float[] user = seed % 5 == 0 ? null : new float[] {random.nextInt(3) - 1, 1, 0};
      SeenItems seen = new SeenItems();
      for (int n = 0; n < 290; n++) {
        seen.add(items.idHash(random.nextInt(items.size())), 290);
      }
      Ranker ranker = new Ranker(RankingConfig.builder().build(), ItemModels.of(items, DECAY));
      RankingContext context = new RankingContext(user, seen, null, null, NOW);
      ranker.rank(context);
      RecommendationList inOrder = ranker.recommend("u", 20, null, true);
      ranker.rankBlend(context);
      RecommendationList blendAlone = ranker.recommend("u", 20, null, true);
      assertThat(blendAlone).as("seed %d", seed).usingRecursiveComparison().isEqualTo(inOrder);
    }
  }

  private interface Score {
    double of(int slot);
  }

  private static List<String> sorted(ItemReplica items, SeenItems seen, Score score) {
    List<Integer> slots = new ArrayList<>();
    for (int slot = 0; slot < items.size(); slot++) {
      if (!seen.contains(items.idHash(slot)) && items.popularity(slot) != DecayedCount.EMPTY) {
        slots.add(slot);
      }
    }
    slots.sort(
        Comparator.comparingDouble((Integer slot) -> -(float) score.of(slot))
            .thenComparing(items::id));
    return slots.stream().limit(20).map(items::id).toList();
  }

  private static ItemReplica randomItems(Random random, int count) {
    ItemReplica items = new ItemReplica(new ReplicaConfig(2, 0, 1, 10_000));
    for (int i = 0; i < count; i++) {
      int slot = items.admit("i" + random.nextInt(5000));
      // Few distinct values, so that many scores are equal.
      items.addFactors(slot, new float[] {random.nextInt(3), random.nextInt(3), 0}, 0);
      if (random.nextInt(10) > 0) {
        items.addPopularity(slot, DECAY.of(1 << random.nextInt(3), NOW));
      }
    }
    return items;
  }

  @Test
  void scoresThatAreNotNumbersNeverRank() {
    ItemReplica items = threeItems();
    items.addFactors(1, new float[] {Float.NaN, 0, 0}, 0);
    Ranker ranker = new Ranker(config(10, ItemRule.ANY), ItemModels.of(items, DECAY));
    List<RankedItems> lists =
        ranker.rank(new RankingContext(new float[] {1, 0, 0}, null, null, null, NOW));
    assertThat(ids(items, lists.get(1))).containsExactly("c", "a");
  }

  @Test
  void unknownUsersGetWhatIsPopular() {
    ItemReplica items = threeItems();
    items.addPopularity(2, DECAY.of(5, NOW));
    Ranker ranker = new Ranker(config(2, ItemRule.ANY), ItemModels.of(items, DECAY));
    List<RankedItems> lists = ranker.rank(RankingContext.unknownUser(NOW));
    assertThat(lists.get(1).size()).isZero();
    ScoredItem[] served = ranker.recommend("u", 2, null, false).items();
    assertThat(served).extracting(ScoredItem::itemId).containsExactly("c", "a");
    assertThat(served).extracting(ScoredItem::source).containsOnly(Sources.POPULARITY);
    assertThat(served[0].becauseItemId()).isNull();
  }

  @Test
  void blendSaysWhichSourceBroughtAnItem() {
    ItemReplica items = threeItems();
    items.addPopularity(1, DECAY.of(50, NOW));
    BlendConfig weights =
        BlendConfig.builder().weight(Sources.FACTORS, 2).weight(Sources.POPULARITY, 1).build();
    RankingConfig config = RankingConfig.builder().k(1).candidates(1).blend(weights).build();
    Ranker ranker = new Ranker(config, ItemModels.of(items, DECAY));
    List<RankedItems> lists =
        ranker.rank(new RankingContext(new float[] {1, 0, 0}, null, null, null, NOW));
    ScoredItem[] served = ranker.recommend("u", 2, null, false).items();
    assertThat(served)
        .extracting(ScoredItem::itemId, ScoredItem::source)
        .containsExactly(tuple("c", Sources.FACTORS), tuple("b", Sources.POPULARITY));
    assertThat(served[0].score()).isGreaterThan(served[1].score());
  }

  @Test
  void rulesDecideOnMetadata() {
    ItemReplica items = threeItems();
    items.putMetadata(withCategory("a", "shoes"));
    items.putMetadata(withCategory("b", "hats"));
    ItemRule.MetadataPredicate shoes = m -> "shoes".equals(m.attributes().get("category"));
    assertThat(ranked(items, ItemRule.allow(shoes))).containsExactly("a");
    assertThat(ranked(items, ItemRule.deny(shoes))).containsExactly("c", "b");
    assertThat(ranked(items, ItemRule.deny(shoes).and(ItemRule.allow(m -> true))))
        .containsExactly("b");
  }

  private static List<String> ranked(ItemReplica items, ItemRule rule) {
    Ranker ranker = new Ranker(config(10, rule), ItemModels.of(items, DECAY));
    return ids(
        items,
        ranker.rank(new RankingContext(new float[] {1, 0, 0}, null, null, null, NOW)).get(1));
  }

  @Test
  void itemsWithoutInteractionsAreNoCandidates() {
    ItemReplica items = threeItems();
    items.putMetadata(withCategory("d", "shoes"));
    assertThat(ranked(items, ItemRule.ANY)).containsExactly("c", "b", "a");
  }

  @Test
  void seenItemsForgetTheOldestFirst() {
    SeenItems seen = new SeenItems();
    for (int i = 1; i <= 25; i++) {
      assertThat(seen.add(i, 20)).isTrue();
      assertThat(seen.add(i, 20)).isFalse();
    }
    assertThat(seen.count).isEqualTo(20);
    for (int i = 1; i <= 25; i++) {
      assertThat(seen.contains(i)).as("item %d", i).isEqualTo(i > 5);
    }
  }

  @Test
  void contradictionsAreRefused() {
    assertThatThrownBy(() -> RankingConfig.builder().k(100).candidates(50).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("candidates must be at least k (100), got 50");
  }

  @Test
  void candidatesThatAreNotSetAreEnoughForTheList() {
    assertThat(RankingConfig.builder().build().candidates()).isEqualTo(30);
    assertThat(RankingConfig.builder().k(31).build().candidates()).isEqualTo(31);
    assertThat(RankingConfig.builder().k(5).candidates(7).build().candidates()).isEqualTo(7);
    assertThatThrownBy(() -> RankingConfig.builder().candidates(0).build())
        .hasMessage("candidates must be at least k (10), got 0");
  }

  private static ItemReplica threeItems() {
    ItemReplica items = new ItemReplica(new ReplicaConfig(2, 0, 1, 100));
    for (String id : List.of("a", "b", "c")) {
      int slot = items.admit(id);
      items.addFactors(slot, new float[] {slot, 0, 0}, 0);
      items.addPopularity(slot, DECAY.of(1, NOW));
    }
    return items;
  }

  private static ItemMetadata withCategory(String id, String category) {
    return new ItemMetadata(id, Attributes.of(Map.of("category", category)), Features.NONE, NOW);
  }

  private static RankingConfig config(int k, ItemRule rule) {
    return RankingConfig.builder().k(k).candidates(k).rule(rule).build();
  }

  private static float factor(ItemReplica items, int slot, int f) {
    return items.factors(slot)[items.offset(slot) + f];
  }

  private static List<String> ids(ItemReplica items, RankedItems list) {
    List<String> ids = new ArrayList<>();
    for (int rank = 0; rank < list.size(); rank++) {
      ids.add(items.id(list.slots[rank]));
    }
    return ids;
  }
}
