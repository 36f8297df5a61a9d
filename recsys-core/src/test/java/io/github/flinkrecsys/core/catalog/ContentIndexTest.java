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
import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.replica.ReplicaConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ContentIndexTest {
  private final ItemReplica items = new ItemReplica(new ReplicaConfig(0, 0, 1, 10_000));
  private long version;

  private static CatalogConfig config(int itemsPerValue) {
    return CatalogConfig.builder()
        .contentAttributes(List.of("brand", "tags"))
        .itemsPerValue(itemsPerValue)
        .build();
  }

  private void put(ContentIndex index, String itemId, Map<String, String> attributes) {
    int slot = items.admit(itemId);
    ItemMetadata before = items.metadata(slot);
    ItemMetadata now =
        new ItemMetadata(itemId, Attributes.of(attributes), Features.NONE, ++version);
    items.putMetadata(now);
    index.put(slot, before, now);
  }

  private Map<String, Double> alike(ContentIndex index, String itemId) {
    Map<String, Double> alike = new TreeMap<>();
    index.alike(
        items.slot(itemId),
        (slot, likeness) -> alike.merge(items.id(slot), (double) likeness, Double::sum));
    return alike;
  }

  @Test
  void aRareValueMakesItemsMoreAlikeThanAFrequentOne() {
    ContentIndex index = new ContentIndex(config(10), items);
    put(index, "a", Map.of("brand", "acme", "tags", "red|wool"));
    put(index, "b", Map.of("brand", "acme"));
    put(index, "c", Map.of("brand", "acme", "tags", "wool"));
    put(index, "d", Map.of("tags", "blue"));
    Map<String, Double> alike = alike(index, "a");
    assertThat(alike).containsOnlyKeys("b", "c");
    // 4 items are indexed; 3 are by acme, 2 of wool.
    assertThat(alike.get("b")).isCloseTo(Math.log1p(4 / 4.0), within(1e-6));
    assertThat(alike.get("c")).isCloseTo(Math.log1p(4 / 4.0) + Math.log1p(4 / 3.0), within(1e-6));
  }

  @Test
  void anItemIsFoundByItsNewestMetadataOnly() {
    ContentIndex index = new ContentIndex(config(10), items);
    put(index, "a", Map.of("brand", "acme"));
    put(index, "b", Map.of("brand", "acme"));
    put(index, "b", Map.of("brand", "other"));
    assertThat(alike(index, "a")).isEmpty();
    put(index, "c", Map.of("brand", "other"));
    assertThat(alike(index, "c")).containsOnlyKeys("b");
  }

  @Test
  void aFullValueKeepsTheItemsThatFewHaveInteractedWith() {
    DecayedCount count = DecayedCount.withHalfLife(Duration.ZERO);
    ContentIndex index = new ContentIndex(config(2), items);
    items.addPopularity(items.admit("known"), count.of(9, 0));
    items.addPopularity(items.admit("lesser"), count.of(2, 0));
    put(index, "known", Map.of("brand", "acme"));
    put(index, "lesser", Map.of("brand", "acme"));
    put(index, "new", Map.of("brand", "acme"));
    put(index, "asks", Map.of("brand", "acme"));
    assertThat(alike(index, "asks")).containsOnlyKeys("new");
    put(index, "outside", Map.of("brand", "acme"));
    assertThat(alike(index, "known")).containsOnlyKeys("asks", "new");
  }

  @Test
  void findsWhatALoopOverAllItemsFinds() {
    for (long seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      ContentIndex index = new ContentIndex(config(1_000), items);
      Map<String, Map<String, String>> known = new HashMap<>();
      for (int n = 0; n < 60; n++) {
        String item = seed + "-" + random.nextInt(30);
        Map<String, String> attributes =
            Map.of("brand", "b" + random.nextInt(4), "tags", tags(random));
        known.put(item, attributes);
        put(index, item, attributes);
      }
      for (String item : known.keySet()) {
        Map<String, Double> expected = new TreeMap<>();
        for (String other : known.keySet()) {
          double likeness = likeness(known, item, other);
          if (!other.equals(item) && likeness > 0) {
            expected.put(other, likeness);
          }
        }
        Map<String, Double> found = alike(index, item);
        assertThat(found.keySet()).as("seed %d, %s", seed, item).isEqualTo(expected.keySet());
        expected.forEach(
            (other, likeness) -> assertThat(found.get(other)).isCloseTo(likeness, within(1e-5)));
      }
    }
  }

  private static String tags(Random random) {
    return "t" + random.nextInt(5) + "| t" + random.nextInt(5) + " |";
  }

  private static double likeness(Map<String, Map<String, String>> known, String a, String b) {
    double likeness = 0;
    for (String value : values(known.get(a))) {
      long count = known.values().stream().filter(of -> values(of).contains(value)).count();
      if (values(known.get(b)).contains(value)) {
        likeness += Math.log1p(known.size() / (1.0 + count));
      }
    }
    return likeness;
  }

  private static List<String> values(Map<String, String> attributes) {
    String[] tags = attributes.get("tags").replace(" ", "").split("\\|");
    return Stream.concat(Stream.of(attributes.get("brand")), Arrays.stream(tags))
        .distinct()
        .toList();
  }

  @Test
  void anItemWithoutMetadataIsLikeNone() {
    ContentIndex index = new ContentIndex(config(10), items);
    items.admit("bare");
    put(index, "a", Map.of("colour", "red"));
    put(index, "b", Map.of("colour", "red"));
    assertThat(alike(index, "bare")).isEmpty();
    assertThat(alike(index, "a")).as("by an attribute that is not configured").isEmpty();
  }
}
