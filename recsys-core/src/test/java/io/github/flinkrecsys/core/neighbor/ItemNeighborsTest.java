/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.neighbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.replica.ReplicaConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ItemNeighborsTest {
  private static final DecayedCount NO_DECAY = DecayedCount.withHalfLife(DecayedCount.NEVER);

  private final ItemReplica items = new ItemReplica(new ReplicaConfig(0, 0, 1, 10_000));

  private int[] slots(String... ids) {
    return List.of(ids).stream().mapToInt(items::admit).toArray();
  }

  private static NeighborConfig.Builder config() {
    return NeighborConfig.builder().shrinkage(1).exponent(0.5);
  }

  /** Forward and backward similarity by neighbour. */
  private Map<String, List<Double>> similar(ItemNeighbors neighbors, String item, long atMillis) {
    return similar(neighbors, items, item, atMillis);
  }

  private static Map<String, List<Double>> similar(
      ItemNeighbors neighbors, ItemReplica of, String item, long atMillis) {
    Map<String, List<Double>> found = new TreeMap<>();
    int[] slots = new int[300];
    float[] forward = new float[300];
    float[] backward = new float[300];
    int count = neighbors.read(of.slot(item), atMillis, slots, forward, backward);
    for (int n = 0; n < count; n++) {
      double damping = neighbors.damping(slots[n], atMillis);
      found.put(of.id(slots[n]), List.of(forward[n] * damping, backward[n] * damping));
    }
    return found;
  }

  @Test
  void weightsAreTheOnesComputedByHand() {
    ItemNeighbors neighbors =
        new ItemNeighbors(config().distanceDecay(0.5).build(), items, NO_DECAY);
    int[] slot = slots("a", "b", "c");
    items.addPopularity(slot[2], NO_DECAY.of(3, 0));
    items.addPopularity(slot[0], NO_DECAY.of(8, 0));
    // c after b after a: b is next to c, a one further.
    neighbors.learn(slot[2], new int[] {slot[1], slot[0]}, 2, 2, 0);
    Map<String, List<Double>> of = similar(neighbors, "c", 0);
    assertThat(of).containsOnlyKeys("a", "b");
    // sqrt(3 + 1) for c, sqrt(0 + 1) for b, sqrt(8 + 1) for a
    assertThat(of.get("b").get(1)).isCloseTo(2 / 2.0 / 1.0, within(1e-3));
    assertThat(of.get("a").get(1)).isCloseTo(2 * 0.5 / 2.0 / 3.0, within(1e-3));
    assertThat(of.get("a").get(0)).isZero();
    assertThat(similar(neighbors, "a", 0).get("c").get(0))
        .isCloseTo(2 * 0.5 / 2.0 / 3.0, within(1e-3));
  }

  @Test
  void countsLikeASimpleMapWhileNothingIsCrowdedOut() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      DecayedCount decay = DecayedCount.withHalfLife(Duration.ofMillis(100 + random.nextInt(500)));
      ItemNeighbors neighbors =
          new ItemNeighbors(config().distanceDecay(0.9).exponent(0).build(), items, decay);
      Map<String, Double> forward = new HashMap<>();
      long now = 0;
      for (int n = 0; n < 200; n++) {
        now += random.nextInt(100);
        long at = Math.max(0, now - random.nextInt(30));
        int slot = items.admit("i" + random.nextInt(12));
        int[] recent =
            IntStream.range(0, random.nextInt(5))
                .map(i -> items.admit("i" + random.nextInt(12)))
                .toArray();
        neighbors.learn(slot, recent, recent.length, 1, at);
        for (int i = 0; i < recent.length; i++) {
          if (recent[i] != slot) {
            String pair = items.id(recent[i]) + ">" + items.id(slot);
            double weight = Math.pow(0.9, i) * Math.pow(2, (double) at / decay.halfLifeMillis());
            forward.merge(pair, weight, Double::sum);
          }
        }
      }
      double scale = Math.pow(2, (double) -now / decay.halfLifeMillis());
      for (Map.Entry<String, Double> expected : forward.entrySet()) {
        String[] pair = expected.getKey().split(">");
        assertThat(similar(neighbors, pair[0], now).get(pair[1]).get(0))
            .as("seed %d, %s", seed, expected.getKey())
            .isCloseTo(
                expected.getValue() * scale, within(1e-4 * (1 + expected.getValue() * scale)));
      }
    }
  }

  @Test
  void frequentNeighborsOutliveATailOfRareOnes() {
    NeighborConfig config = config().maxNeighbors(10).exponent(0).build();
    ItemNeighbors neighbors = new ItemNeighbors(config, items, NO_DECAY);
    int hub = items.admit("hub");
    Random random = new Random(7);
    for (int n = 0; n < 20_000; n++) {
      boolean frequent = random.nextInt(2) == 0;
      int other = items.admit(frequent ? "f" + random.nextInt(5) : "r" + random.nextInt(3_000));
      neighbors.learn(other, new int[] {hub}, 1, 1, 0);
    }
    Map<String, List<Double>> of = similar(neighbors, "hub", 0);
    assertThat(of).hasSizeLessThanOrEqualTo(10).containsKeys("f0", "f1", "f2", "f3", "f4");
    // Never too high, and of 2,000 few are missed.
    of.forEach(
        (id, weight) ->
            assertThat(weight.get(0))
                .as(id)
                .isBetween(
                    id.startsWith("f") ? 1_800.0 : 0.0, id.startsWith("f") ? 2_200.0 : 20.0));
  }

  @Test
  void whatNobodyHasCountedYetDoesNotHoldItsPlaceForGood() {
    NeighborConfig config = config().maxNeighbors(1).shrinkage(0).build();
    ItemNeighbors neighbors = new ItemNeighbors(config, items, NO_DECAY);
    int hub = items.admit("hub");
    for (int n = 0; n < 2; n++) {
      // Pairs of another task manager may come before its counts.
      neighbors.learn(items.admit("uncounted" + n), new int[] {hub}, 1, 1, n);
    }
    int counted = items.admit("counted");
    items.addPopularity(counted, NO_DECAY.of(1, 0));
    neighbors.learn(counted, new int[] {hub}, 1, 100, 10);
    for (int n = 0; n < 1_000; n++) {
      int rare = items.admit("rare" + n);
      items.addPopularity(rare, NO_DECAY.of(1, 0));
      neighbors.learn(rare, new int[] {hub}, 1, 1e-6f, 20 + n);
    }
    assertThat(similar(neighbors, "hub", 1_020)).containsOnlyKeys("counted");
  }

  @Test
  void aBatchCountsAsItsInteractionsDo() {
    ItemNeighbors direct = new ItemNeighbors(config().build(), items, NO_DECAY);
    ItemReplica otherItems = new ItemReplica(new ReplicaConfig(0, 0, 1, 10_000));
    otherItems.admit("someone else's first");
    ItemNeighbors other = new ItemNeighbors(config().build(), otherItems, NO_DECAY);
    CoOccurrenceBuffer buffer = new CoOccurrenceBuffer(items);
    Random random = new Random(3);
    for (int n = 0; n < 300; n++) {
      int slot = items.admit("i" + random.nextInt(20));
      int[] recent = {items.admit("i" + random.nextInt(20)), items.admit("i" + random.nextInt(20))};
      direct.learn(slot, recent, 2, 1.5f, n);
      buffer.add(slot, recent, 2, 1.5f, n);
    }
    CoOccurrences batch = buffer.copy(1, 2);
    other.learn(batch, slot -> true);
    for (int i = 0; i < 20; i++) {
      Map<String, List<Double>> expected = similar(direct, "i" + i, 0);
      assertThat(similar(other, otherItems, "i" + i, 0)).isEqualTo(expected);
    }
    buffer.clear();
    assertThat(buffer.isEmpty()).isTrue();
    assertThat(buffer.copy(1, 2).itemIds()).isEmpty();
  }

  @Test
  void sharesTogetherRestoreTheWhole() {
    ItemNeighbors whole = new ItemNeighbors(config().maxNeighbors(5).build(), items, NO_DECAY);
    Random random = new Random(5);
    for (int n = 0; n < 500; n++) {
      int slot = items.admit("i" + random.nextInt(40));
      whole.learn(slot, new int[] {items.admit("i" + random.nextInt(40))}, 1, 1, n);
    }
    ItemNeighbors restored = new ItemNeighbors(config().maxNeighbors(5).build(), items, NO_DECAY);
    for (int share = 0; share < 3; share++) {
      int mine = share;
      List<NeighborRows> copies = whole.copy(slot -> slot % 3 == mine, 4);
      assertThat(copies).hasSizeGreaterThan(2);
      copies.forEach(rows -> restored.restore(rows, slot -> true));
    }
    for (int i = 0; i < 40; i++) {
      assertThat(similar(restored, "i" + i, 600)).isEqualTo(similar(whole, "i" + i, 600));
    }
  }

  @Test
  void whatIsCountedWithoutAPairHoldsBackAtOnce() {
    DecayedCount decay = DecayedCount.withHalfLife(Duration.ofDays(90));
    ItemNeighbors neighbors =
        new ItemNeighbors(config().shrinkage(1).exponent(0.5).build(), items, decay);
    int slot = items.admit("item");
    long at = Duration.ofDays(1000).toMillis();
    assertThat(neighbors.damping(slot, at)).isCloseTo(1, within(1e-3f));
    items.addPopularity(slot, decay.of(3, at));
    neighbors.learn(slot, new int[1], 0, 1, at);
    assertThat(neighbors.damping(slot, at)).isCloseTo(0.5f, within(1e-3f));
    items.addPopularity(slot, decay.of(12, at));
    neighbors.recount(
        new ItemDeltas(
            1,
            0,
            new String[] {"item"},
            new float[3],
            new long[1],
            new double[] {decay.of(12, at)},
            0,
            0));
    assertThat(neighbors.damping(slot, at)).isCloseTo(0.25f, within(1e-3f));
  }

  @Test
  void ofALongerListThanTodaysBoundTheBestAreKept() {
    ItemNeighbors wide = new ItemNeighbors(config().maxNeighbors(50).build(), items, NO_DECAY);
    int item = items.admit("item");
    for (int n = 0; n < 50; n++) {
      for (int times = 0; times <= n; times++) {
        wide.learn(items.admit("n" + n), new int[] {item}, 1, 1, times);
      }
    }
    NeighborConfig narrow = config().maxNeighbors(3).build();
    ItemNeighbors restored = new ItemNeighbors(narrow, items, NO_DECAY);
    wide.copy(slot -> true, 4).forEach(rows -> restored.restore(rows, slot -> true));
    int[] slots = new int[10];
    int count = restored.read(item, 100, slots, new float[10], new float[10]);
    assertThat(Arrays.stream(slots, 0, count).mapToObj(items::id))
        .containsExactlyInAnyOrder("n49", "n48", "n47");
    assertThat(restored.bytes()).isLessThan(wide.bytes());
    assertThat(similar(restored, "n0", 600)).isEqualTo(similar(wide, "n0", 600));

    ItemNeighbors off = new ItemNeighbors(config().maxNeighbors(0).build(), items, NO_DECAY);
    wide.copy(slot -> true, 4).forEach(rows -> off.restore(rows, slot -> true));
    assertThat(off.copy(item)).isNull();
  }

  @Test
  void decayedWeightsKeepTheirProportionsForYears() {
    DecayedCount decay = DecayedCount.withHalfLife(Duration.ofDays(1));
    ItemNeighbors neighbors = new ItemNeighbors(config().exponent(0).build(), items, decay);
    int[] slot = slots("a", "b", "c");
    long day = Duration.ofDays(1).toMillis();
    for (int n = 0; n < 4_000; n++) {
      neighbors.learn(slot[1], new int[] {slot[0]}, 1, 1, n * day);
    }
    neighbors.learn(slot[2], new int[] {slot[0]}, 1, 1, 3_999 * day);
    Map<String, List<Double>> of = similar(neighbors, "a", 3_999 * day);
    assertThat(of.get("b").get(0)).isCloseTo(2, within(1e-3));
    assertThat(of.get("c").get(0)).isCloseTo(1, within(1e-3));
  }

  @Test
  void recentItemsAreTheNewestDistinctOnes() {
    RecentItems recent = new RecentItems();
    for (long n : new long[] {1, 2, 3, 1, 4, 5, 4}) {
      recent.add(n, 4);
    }
    assertThat(recent.count).isEqualTo(4);
    assertThat(recent.hashes).startsWith(3, 1, 5, 4);
  }

  @Test
  void anEventOfTheFarFutureLeavesNumbers() {
    DecayedCount decay = DecayedCount.withHalfLife(Duration.ofDays(1));
    ItemNeighbors neighbors = new ItemNeighbors(config().build(), items, decay);
    int[] slot = slots("a", "b", "c");
    long today = 20_000L * 86_400_000;
    long in9999 = 253_402_300_799_999L;
    neighbors.learn(slot[1], new int[] {slot[0]}, 1, 1, today);
    neighbors.learn(slot[2], new int[] {slot[0]}, 1, 1, in9999);
    neighbors.learn(slot[1], new int[] {slot[0]}, 1, 1, today + 1);
    for (long at : new long[] {0, today, in9999}) {
      assertThat(similar(neighbors, "a", at).values())
          .as("at %d", at)
          .allSatisfy(both -> assertThat(both).allSatisfy(weight -> assertThat(weight).isFinite()));
    }
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatThrownBy(() -> NeighborConfig.builder().window(0).build())
        .hasMessage("window must be between 1 and 1000, got 0");
    assertThatThrownBy(() -> NeighborConfig.builder().distanceDecay(Double.NaN).build())
        .hasMessage("distanceDecay must be in (0.0, 1.0], got NaN");
    assertThat(NeighborConfig.NONE.maxNeighbors()).isZero();
  }
}
