/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.neighbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.feature.DecayedCount;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NeighborListRuleTest {
  private static final DecayedCount NO_DECAY = DecayedCount.withHalfLife(DecayedCount.NEVER);

  private static ItemPair pair(String neighbor, double forward, double count, long at) {
    return new ItemPair("a", neighbor, (float) forward, 0, NO_DECAY.of(count, 0), at);
  }

  private static NeighborConfig.Builder config() {
    return NeighborConfig.builder().shrinkage(1).exponent(0.5);
  }

  @Test
  void similaritiesAreTheOnesComputedByHand() {
    NeighborListRule rule = new NeighborListRule(config().build(), NO_DECAY);
    NeighborList list = new NeighborList();
    rule.add(list, pair("a", 1, 3, 0));
    rule.add(list, pair("b", 2, 8, 0));
    rule.add(list, pair("c", 1, 0, 0));
    rule.add(list, new ItemPair("a", "c", 0, 3, NO_DECAY.of(15, 0), 0));
    SimilarItems similar = rule.read("a", list, 10, 0);
    // sqrt(3 + 1) for a, sqrt(8 + 1) for b, sqrt(15 + 1) for c
    assertThat(similar.neighborIds()).containsExactly("c", "b");
    assertThat(similar.forward()[0]).isCloseTo(1 / 2f / 4f, within(1e-6f));
    assertThat(similar.backward()[0]).isCloseTo(3 / 2f / 4f, within(1e-6f));
    assertThat(similar.forward()[1]).isCloseTo(2 / 2f / 3f, within(1e-6f));
    assertThat(similar.backward()[1]).isZero();
    assertThat(rule.read("a", list, 1, 0).neighborIds()).containsExactly("c");
  }

  @Test
  void whatNobodyHasCountedYetLeavesNoErrorThatIsNoNumber() {
    NeighborListRule rule =
        new NeighborListRule(config().shrinkage(0).maxNeighbors(2).build(), NO_DECAY);
    NeighborList list = new NeighborList();
    for (int n = 0; n < 20; n++) {
      rule.add(list, pair("i" + n, 1, n % 2, n));
    }
    for (float error : list.errors) {
      assertThat(error).isBetween(0f, 20f);
    }
  }

  @Test
  void aListOfAWiderBoundIsCutToItsBestAtTheNextPair() {
    NeighborListRule wide = new NeighborListRule(config().maxNeighbors(20).build(), NO_DECAY);
    NeighborListRule narrow = new NeighborListRule(config().maxNeighbors(3).build(), NO_DECAY);
    NeighborList list = new NeighborList();
    for (int n = 0; n < 20; n++) {
      wide.add(list, pair("i" + n, 1 + n, 1, 0));
    }
    narrow.add(list, pair("i18", 2, 1, 0));
    assertThat(list.size).isEqualTo(3);
    assertThat(narrow.read("a", list, 10, 0).neighborIds()).containsExactly("i18", "i19", "i17");
  }

  @Test
  void countsLikeASimpleMapWhileNothingIsCrowdedOut() {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      long halfLife = 100 + random.nextInt(500);
      DecayedCount decay = DecayedCount.withHalfLife(Duration.ofMillis(halfLife));
      NeighborListRule rule =
          new NeighborListRule(config().exponent(0).maxNeighbors(20).build(), decay);
      NeighborList list = new NeighborList();
      Map<String, Double> expected = new HashMap<>();
      long now = 0;
      for (int n = 0; n < 500; n++) {
        now += random.nextInt(100);
        long at = Math.max(0, now - random.nextInt(300));
        // Ids of equal hash: "Aa" and "BB".
        String neighbor = random.nextBoolean() ? "i" + random.nextInt(12) : sameHash(random);
        rule.add(list, new ItemPair("a", neighbor, 1, 1, decay.of(1, at), at));
        expected.merge(neighbor, 2 * Math.pow(2, (double) at / halfLife), Double::sum);
      }
      double scale = Math.pow(2, -(double) now / halfLife);
      SimilarItems similar = rule.read("a", list, 20, now);
      assertThat(similar.neighborIds())
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(expected.keySet());
      for (int n = 0; n < similar.neighborIds().length; n++) {
        double of = expected.get(similar.neighborIds()[n]) * scale;
        assertThat((double) similar.forward()[n] + similar.backward()[n])
            .as("seed %d, %s", seed, similar.neighborIds()[n])
            .isCloseTo(of, within(1e-4 * (1 + of)));
      }
    }
  }

  private static String sameHash(Random random) {
    return random.nextBoolean() ? "Aa" : "BB";
  }

  @Test
  void frequentNeighborsOutliveATailOfRareOnes() {
    NeighborListRule rule =
        new NeighborListRule(config().maxNeighbors(10).exponent(0).build(), NO_DECAY);
    for (long seed = 0; seed < 5; seed++) {
      NeighborList list = new NeighborList();
      Random random = new Random(seed);
      for (int n = 0; n < 20_000; n++) {
        boolean frequent = random.nextInt(2) == 0;
        String other = frequent ? "f" + random.nextInt(5) : "r" + random.nextInt(3_000);
        rule.add(list, pair(other, 1, 1, n));
      }
      Set<String> kept = new TreeSet<>(Set.of(rule.read("a", list, 5, 0).neighborIds()));
      assertThat(kept).as("seed %d", seed).containsExactly("f0", "f1", "f2", "f3", "f4");
      assertThat(list.size).isEqualTo(10);
      assertThat(list.itemIds).hasSize(10);
    }
  }

  @Test
  void aReplayKeepsTheSame() {
    NeighborListRule rule = new NeighborListRule(config().maxNeighbors(5).build(), NO_DECAY);
    SimilarItems[] runs = new SimilarItems[2];
    for (int run = 0; run < 2; run++) {
      NeighborList list = new NeighborList();
      Random random = new Random(3);
      for (int n = 0; n < 1_000; n++) {
        rule.add(list, pair("i" + random.nextInt(50), 1, 1 + random.nextInt(9), n));
      }
      runs[run] = rule.read("a", list, 5, 0);
    }
    assertThat(runs[0]).isEqualTo(runs[1]);
  }

  @Test
  void manyHalfLivesLaterWeightsAreStillNumbers() {
    DecayedCount decay = DecayedCount.withHalfLife(Duration.ofMillis(1));
    NeighborListRule rule = new NeighborListRule(config().build(), decay);
    NeighborList list = new NeighborList();
    rule.add(list, new ItemPair("a", "old", 1, 0, decay.of(1, 0), 0));
    rule.add(list, new ItemPair("a", "new", 1, 0, decay.of(1, 1L << 40), 1L << 40));
    rule.add(list, new ItemPair("a", "late", 1, 0, decay.of(1, 0), 0));
    SimilarItems similar = rule.read("a", list, 5, 1L << 40);
    assertThat(similar.neighborIds()[0]).isEqualTo("new");
    for (float forward : similar.forward()) {
      assertThat(forward).isFinite();
    }
  }

  @Test
  void aListOfNoneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NeighborListRule(NeighborConfig.NONE, NO_DECAY))
        .withMessage("maxNeighbors must be positive, got 0");
  }
}
