/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.event.Attributes;
import io.github.flinkrecsys.core.event.Features;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.replica.ReplicaConfig;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TrendsTest {
  private static final long HALF_LIFE = 1_000;

  private final ItemReplica items = new ItemReplica(new ReplicaConfig(0, 0, 1, 10_000));

  private static CatalogConfig config(int size) {
    return CatalogConfig.builder()
        .trendHalfLife(Duration.ofMillis(HALF_LIFE))
        .trendSize(size)
        .build();
  }

  private void put(String itemId, String category) {
    items.putMetadata(
        new ItemMetadata(itemId, Attributes.of(Map.of("category", category)), Features.NONE, 1));
  }

  private Map<String, Double> leaders(Trends trends, String category, long atMillis) {
    Map<String, Double> leaders = new TreeMap<>();
    trends.leaders(category, atMillis, (slot, count) -> leaders.put(items.id(slot), count));
    return leaders;
  }

  @Test
  void anInteractionCountsHalfAfterAHalfLife() {
    Trends trends = new Trends(config(5), items);
    trends.learn(items.admit("a"), 3, 0);
    trends.learn(items.admit("a"), 1, HALF_LIFE);
    assertThat(leaders(trends, null, 2 * HALF_LIFE)).containsOnlyKeys("a");
    assertThat(leaders(trends, null, 2 * HALF_LIFE).get("a")).isCloseTo(1.25, within(1e-3));
  }

  @Test
  void categoriesBeyondTenThousandHaveNoLeadersAndAreCounted() {
    Trends trends = new Trends(config(1), items);
    for (int n = 0; n < 9_999; n++) {
      put("i" + n, "c" + n);
      trends.learn(items.slot("i" + n), 1, 0);
    }
    put("i0", "the last");
    trends.learn(items.slot("i0"), 1, 0);
    assertThat(trends.withoutCategory()).isZero();
    put("i1", "one too many");
    trends.learn(items.slot("i1"), 1, 0);
    assertThat(trends.withoutCategory()).isEqualTo(1);
    assertThat(leaders(trends, "the last", 0)).containsOnlyKeys("i0");
    assertThat(leaders(trends, "one too many", 0)).isEmpty();
    assertThat(leaders(trends, null, 0)).hasSize(1);
  }

  @Test
  void leadersAreThoseOfAMapOfAllCounts() {
    for (long seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      int size = 1 + random.nextInt(8);
      Trends trends = new Trends(config(size), items);
      Map<String, Double> counts = new HashMap<>();
      long now = 0;
      for (int n = 0; n < 300; n++) {
        now += random.nextInt(60);
        long at = Math.max(0, now - random.nextInt(50));
        String item = "i" + (int) Math.abs(random.nextGaussian() * 10);
        float confidence = 0.5f + random.nextFloat();
        trends.learn(items.admit(item), confidence, at);
        counts.merge(item, confidence * Math.pow(2, (double) at / HALF_LIFE), Double::sum);
      }
      double scale = Math.pow(2, -(double) now / HALF_LIFE);
      Map<String, Double> expected = new TreeMap<>();
      counts.entrySet().stream()
          .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
          .limit(size)
          .forEach(entry -> expected.put(entry.getKey(), entry.getValue() * scale));
      Map<String, Double> found = leaders(trends, null, now);
      assertThat(found.keySet()).as("seed %d", seed).isEqualTo(expected.keySet());
      for (Map.Entry<String, Double> entry : expected.entrySet()) {
        assertThat(found.get(entry.getKey()))
            .as("seed %d, %s", seed, entry.getKey())
            .isCloseTo(entry.getValue(), within(1e-3 * entry.getValue()));
      }
    }
  }

  @Test
  void aCategoryHasLeadersOfItsOwn() {
    put("shoe1", "shoes");
    put("shoe2", "shoes");
    put("lamp", "lamps");
    Trends trends = new Trends(config(5), items);
    for (String item : List.of("shoe1", "shoe2", "shoe2", "lamp", "lamp", "lamp", "bare")) {
      trends.learn(items.admit(item), 1, 0);
    }
    assertThat(leaders(trends, null, 0)).containsOnlyKeys("bare", "lamp", "shoe1", "shoe2");
    assertThat(leaders(trends, "shoes", 0)).containsOnlyKeys("shoe1", "shoe2");
    assertThat(leaders(trends, "lamps", 0)).containsOnlyKeys("lamp");
    assertThat(leaders(trends, "hats", 0)).isEmpty();
  }

  @Test
  void anItemThatChangesItsCategoryLeavesTheOldLeadersAtOnce() {
    put("a", "shoes");
    Trends trends = new Trends(config(5), items);
    trends.learn(items.admit("a"), 1, 0);
    items.putMetadata(
        new ItemMetadata("a", Attributes.of(Map.of("category", "hats")), Features.NONE, 2));
    assertThat(leaders(trends, "shoes", 0)).isEmpty();
    trends.learn(items.admit("a"), 1, 0);
    assertThat(leaders(trends, "hats", 0)).containsOnlyKeys("a");
  }

  @Test
  void sumsOfPartsAreTheSumOfTheWhole() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      Trends whole = new Trends(config(50), items);
      Trends[] parts = {new Trends(config(50), items), new Trends(config(50), items)};
      for (int n = 0; n < 100; n++) {
        int slot = items.admit("i" + random.nextInt(20));
        long at = random.nextInt(3_000);
        whole.learn(slot, 1, at);
        parts[random.nextInt(2)].learn(slot, 1, at);
      }
      Trends sum = new Trends(config(50), items);
      for (Trends part : parts) {
        sum.addAll(part.copy(1), slot -> true);
      }
      Map<String, Double> found = leaders(sum, null, 3_000);
      Map<String, Double> expected = leaders(whole, null, 3_000);
      assertThat(found.keySet()).as("seed %d", seed).isEqualTo(expected.keySet());
      for (String item : expected.keySet()) {
        assertThat(found.get(item))
            .as("seed %d, %s", seed, item)
            .isCloseTo(expected.get(item), within(1e-6));
      }
    }
  }

  @Test
  void whatHasDecayedIsNotCopied() {
    Trends trends = new Trends(config(5), items);
    trends.learn(items.admit("old"), 1, 0);
    trends.learn(items.admit("new"), 1, 20 * HALF_LIFE);
    assertThat(trends.copy(7).itemIds()).containsExactly("new");
    assertThat(trends.copy(7).origin()).isEqualTo(7);
  }

  @Test
  void clearForgetsAndASizeOfZeroCountsNothing() {
    Trends trends = new Trends(config(5), items);
    trends.learn(items.admit("a"), 1, 0);
    assertThat(trends.isEmpty()).isFalse();
    trends.clear();
    assertThat(trends.isEmpty()).isTrue();
    assertThat(leaders(trends, null, 0)).isEmpty();
    trends.learn(items.admit("a"), 1, 0);
    assertThat(leaders(trends, null, 0)).containsEntry("a", 1.0);

    Trends off = new Trends(config(0), items);
    off.learn(items.admit("a"), 1, 0);
    assertThat(off.isEmpty()).isTrue();
  }
}
