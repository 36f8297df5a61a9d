/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.operators.testing.Harnesses;
import io.github.flinkrecsys.operators.util.MetricNames;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Items are keyed by the first letter of their ids. */
class TrendingFunctionTest {
  private static final DecayedCount DECAY = DecayedCount.withHalfLife(Duration.ofSeconds(1));

  @Test
  void aChangedListIsSentOncePerInterval() throws Exception {
    try (var scopes = trending("hashmap", 1, 0).open()) {
      scopes.send(item("a1", 4, 1_000));
      scopes.send(item("a2", 8, 1_000));
      scopes.clock(499);
      assertThat(scopes.output()).isEmpty();
      scopes.clock(500);
      assertThat(scopes.output()).hasSize(1);
      assertList(scopes.output().get(0), "a", 1_000, List.of("a2", "a1"), 8, 4);
      scopes.clock(5_000);
      assertThat(scopes.output()).hasSize(1);
      scopes.send(item("a1", 16, 2_000));
      scopes.clock(5_500);
      assertList(scopes.output().get(1), "a", 2_000, List.of("a1", "a2"), 16, 4);
      scopes.watermark(Long.MAX_VALUE);
      assertThat(scopes.output()).hasSize(2);
      assertThat(scopes.timers() + scopes.clockTimers()).isZero();
    }
  }

  @Test
  void aListThatDidNotChangeIsNotSent() throws Exception {
    try (var scopes = trending("hashmap", 1, 0).open()) {
      for (int i = 1; i <= 3; i++) {
        scopes.send(item("a" + i, 8, 1_000));
      }
      scopes.clock(500);
      scopes.send(item("a4", 4, 1_000));
      assertThat(scopes.clockTimers()).isZero();
      scopes.watermark(Long.MAX_VALUE);
      assertThat(scopes.output()).hasSize(1);
    }
  }

  @Test
  void scopesDoNotMixAndEqualCountsAreInTheOrderOfIds() throws Exception {
    try (var scopes = trending("hashmap", 1, 0).open()) {
      scopes.send(item("b2", 1, 0));
      scopes.send(item("a1", 1, 0));
      scopes.send(item("b1", 1, 0));
      scopes.watermark(Long.MAX_VALUE);
      assertThat(scopes.output())
          .extracting(list -> List.of(list.itemIds()))
          .containsExactlyInAnyOrder(List.of("a1"), List.of("b1", "b2"));
      assertThat(scopes.stateEntries()).isEqualTo(2);
    }
  }

  /** What an item restarts from after its own state was freed may be less than it was. */
  @Test
  void aLateValueThatIsLowerLeavesTheListSorted() throws Exception {
    try (var scopes = trending("hashmap", 1, 0).open()) {
      scopes.send(item("a1", 8, 1_000));
      scopes.send(item("a2", 4, 1_000));
      scopes.send(item("a1", 1, 0));
      scopes.watermark(Long.MAX_VALUE);
      assertList(scopes.output().get(0), "a", 1_000, List.of("a1", "a2"), 8, 4);
    }
  }

  /** From 4 to a hundredth in log2(400) half-lives of a second: 8.644 seconds. */
  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void aScopeIsFreedWhenItsCountsHaveDecayedToAHundredth(String backend) throws Exception {
    OperatorSubtaskState snapshot;
    try (var before = trending(backend, 1, 0).open()) {
      before.send(item("a1", 4, 1_000));
      before.send(item("b1", 4, 1_000));
      before.send(item("b2", 4, 3_000));
      snapshot = before.snapshot();
    }
    try (var scopes = trending(backend, 1, 0).restore(snapshot)) {
      scopes.clock(500);
      assertThat(scopes.output()).hasSize(2);
      scopes.watermark(9_643);
      assertThat(scopes.counter(MetricNames.KEYS_FREED)).isZero();
      scopes.watermark(9_644);
      assertThat(scopes.counter(MetricNames.KEYS_FREED)).as("the first of b is newer").isEqualTo(1);
      scopes.watermark(11_643);
      assertThat(scopes.stateEntries()).isPositive();
      scopes.watermark(11_644);
      assertThat(scopes.counter(MetricNames.KEYS_FREED)).isEqualTo(2);
      assertThat(scopes.stateEntries() + scopes.timers()).isZero();
      assertThat(scopes.output()).hasSize(2);
    }
  }

  @Test
  void aLeaderWithoutUpdatesStaysWhileItsCountIsHigh() throws Exception {
    try (var scopes = trending("hashmap", 1, 0).open()) {
      scopes.send(item("a1", 1_000_000, 1_000));
      scopes.watermark(9_000);
      scopes.send(item("a2", 2, 9_000));
      scopes.watermark(9_001);
      scopes.clock(500);
      assertThat(scopes.counter(MetricNames.KEYS_FREED)).isZero();
      assertThat(scopes.output().get(scopes.output().size() - 1).itemIds()).startsWith("a1");
    }
  }

  @Test
  void aLateValueOfAFreedScopeIsSentAndFreedAgain() throws Exception {
    try (var scopes = trending("hashmap", 1, 0).open()) {
      scopes.watermark(20_000);
      scopes.send(item("a1", 4, 1_000));
      assertThat(scopes.stateEntries()).isEqualTo(1);
      scopes.watermark(20_001);
      assertList(scopes.output().get(0), "a", 1_000, List.of("a1"), 4);
      assertThat(scopes.stateEntries() + scopes.timers()).isZero();
    }
  }

  @Test
  void theListIsThatOfAFullSort() throws Exception {
    for (long seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      Map<String, ItemPopularity> newest = new HashMap<>();
      try (var scopes = trending("hashmap", 1, 0).open()) {
        for (int n = 0; n < 200; n++) {
          String itemId = "a" + random.nextInt(10);
          ItemPopularity last = newest.get(itemId);
          double stored = (last == null ? 0 : last.stored()) + random.nextInt(3);
          ItemPopularity item = new ItemPopularity(itemId, DECAY.valueAt(stored, n), n, stored);
          newest.put(itemId, item);
          scopes.send(item);
        }
        scopes.watermark(Long.MAX_VALUE);
        assertThat(scopes.output().get(0).itemIds())
            .as("seed %d", seed)
            .containsExactly(
                newest.values().stream()
                    .sorted(
                        Comparator.comparingDouble((ItemPopularity item) -> -item.stored())
                            .thenComparing(ItemPopularity::itemId))
                    .limit(3)
                    .map(ItemPopularity::itemId)
                    .toArray(String[]::new));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void aListSurvivesRestoreAndIsStillSent(String backend) throws Exception {
    OperatorSubtaskState snapshot;
    try (var before = trending(backend, 1, 0).open()) {
      before.send(item("a1", 4, 1_000));
      before.send(item("b1", 1, 1_000));
      snapshot = before.snapshot();
    }
    try (var after = trending(backend, 1, 0).restore(snapshot)) {
      after.send(item("a2", 2, 1_000));
      after.clock(500);
      assertThat(after.output()).hasSize(2);
      after.watermark(Long.MAX_VALUE);
      assertThat(after.output())
          .extracting(list -> List.of(list.itemIds()))
          .containsExactlyInAnyOrder(List.of("a1", "a2"), List.of("b1"));
    }
  }

  @Test
  void listsFollowTheirScopesWhenParallelismChanges() throws Exception {
    OperatorSubtaskState one;
    try (var single = trending("hashmap", 1, 0).open()) {
      for (char scope = 'a'; scope <= 'z'; scope++) {
        single.send(item(scope + "1", 2, 0));
      }
      one = single.snapshot();
    }
    OperatorSubtaskState[] two = new OperatorSubtaskState[2];
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var half =
          trending("hashmap", 2, subtask).restore(Harnesses.rescaled(2, subtask, one))) {
        for (char scope = 'a'; scope <= 'z'; scope++) {
          if (Harnesses.subtaskOf(String.valueOf(scope), 2) == subtask) {
            half.send(item(scope + "2", 1, 0));
          }
        }
        two[subtask] = half.snapshot();
      }
    }
    try (var single = trending("hashmap", 1, 0).restore(Harnesses.rescaled(1, 0, two))) {
      single.watermark(Long.MAX_VALUE);
      assertThat(single.output())
          .hasSize(26)
          .allSatisfy(
              list ->
                  assertThat(list.itemIds())
                      .containsExactly(list.scope() + "1", list.scope() + "2"));
    }
  }

  private static void assertList(
      TrendingList list, String scope, long asOfMillis, List<String> ids, double... counts) {
    assertThat(list.scope()).isEqualTo(scope);
    assertThat(list.asOfMillis()).isEqualTo(asOfMillis);
    assertThat(list.itemIds()).containsExactlyElementsOf(ids);
    assertThat(list.counts()).containsExactly(counts, within(1e-9));
  }

  private static ItemPopularity item(String itemId, double count, long asOfMillis) {
    return new ItemPopularity(itemId, count, asOfMillis, DECAY.of(count, asOfMillis));
  }

  private static Harnesses.Keyed<String, ItemPopularity, TrendingList> trending(
      String backend, int parallelism, int subtask) throws Exception {
    return Harnesses.keyed(
        new TrendingFunction(DECAY, 3, Duration.ofMillis(500)),
        item -> item.itemId().substring(0, 1),
        Types.STRING,
        backend,
        parallelism,
        subtask);
  }
}
