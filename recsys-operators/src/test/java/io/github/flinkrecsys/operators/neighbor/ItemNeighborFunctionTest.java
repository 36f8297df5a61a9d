/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.neighbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.event.ConfidenceWeights;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.neighbor.ItemPair;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import io.github.flinkrecsys.core.neighbor.SimilarItems;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.testing.Harnesses;
import io.github.flinkrecsys.operators.testing.Slot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemNeighborFunctionTest {
  private static final DecayedCount NO_DECAY = DecayedCount.withHalfLife(DecayedCount.NEVER);
  private static final DecayedCount DECAY = DecayedCount.withHalfLife(Duration.ofMillis(100));
  private static final Duration TTL = Duration.ofMillis(1_000);
  private static final NeighborConfig CONFIG =
      NeighborConfig.builder()
          .maxNeighbors(10)
          .window(3)
          .distanceDecay(0.5)
          .exponent(0.5)
          .shrinkage(0)
          .build();

  private static Harnesses.Keyed<String, Interaction, ItemPair> pairs(
      String backend, int parallelism, int subtask) throws Exception {
    return Harnesses.keyed(
        new ItemPairFunction(CONFIG, ConfidenceWeights.EQUAL, TTL),
        Interaction::userId,
        Types.STRING,
        backend,
        new Slot(new JobID(), parallelism, subtask));
  }

  private static Harnesses.Keyed<String, ItemPair, ItemPair> counts(
      String backend, int parallelism, int subtask) throws Exception {
    return counts(NO_DECAY, backend, parallelism, subtask);
  }

  private static Harnesses.Keyed<String, ItemPair, ItemPair> counts(
      DecayedCount decay, String backend, int parallelism, int subtask) throws Exception {
    return Harnesses.keyed(
        new ItemCountFunction(decay, TTL),
        ItemPair::neighborId,
        Types.STRING,
        backend,
        new Slot(new JobID(), parallelism, subtask));
  }

  private static Harnesses.Keyed<String, ItemPair, SimilarItems> lists(
      String backend, int parallelism, int subtask) throws Exception {
    return lists(NO_DECAY, backend, parallelism, subtask);
  }

  private static Harnesses.Keyed<String, ItemPair, SimilarItems> lists(
      DecayedCount decay, String backend, int parallelism, int subtask) throws Exception {
    return Harnesses.keyed(
        new ItemNeighborFunction(CONFIG, decay, 5, TTL),
        ItemPair::itemId,
        Types.STRING,
        backend,
        new Slot(new JobID(), parallelism, subtask));
  }

  private static ItemPair self(String itemId, long at) {
    return new ItemPair(itemId, itemId, 1, 0, DecayedCount.EMPTY, at);
  }

  private static ItemPair later(String itemId, String neighborId, double weight, long at) {
    return new ItemPair(itemId, neighborId, (float) weight, 0, DecayedCount.EMPTY, at);
  }

  private static ItemPair earlier(String itemId, String neighborId, double weight, long at) {
    return new ItemPair(itemId, neighborId, 0, (float) weight, DecayedCount.EMPTY, at);
  }

  @Test
  void aUsersItemsArePairedBothWaysLessTheFurtherApart() throws Exception {
    try (var pairs = pairs("hashmap", 1, 0).open()) {
      pairs.send(Interaction.click("u", "a", 1));
      pairs.send(Interaction.click("v", "z", 1));
      pairs.send(Interaction.click("u", "b", 2));
      pairs.send(Interaction.click("u", "b", 3));
      pairs.send(Interaction.click("u", "c", 4));
      assertThat(pairs.output())
          .containsExactly(
              self("a", 1),
              self("z", 1),
              self("b", 2),
              later("a", "b", 1, 2),
              earlier("b", "a", 1, 2),
              self("b", 3),
              later("a", "b", 0.5, 3),
              earlier("b", "a", 0.5, 3),
              self("c", 4),
              later("b", "c", 1, 4),
              earlier("c", "b", 1, 4),
              later("a", "c", 0.5, 4),
              earlier("c", "a", 0.5, 4));
    }
  }

  @Test
  void theWindowBoundsTheRecentItemsAndBadRecordsAreDeadLetters() throws Exception {
    try (var pairs = pairs("hashmap", 1, 0).open()) {
      for (int n = 0; n < 5; n++) {
        pairs.send(Interaction.click("u", "i" + n, n));
      }
      // The item itself and two pairs for each of three.
      assertThat(pairs.output()).hasSize(1 + 3 + 5 + 7 + 7);
      pairs.send(Interaction.click("u", "", 9));
      assertThat(pairs.sideOutput(DeadLetter.TAG)).hasSize(1);
      assertThat(pairs.output()).hasSize(23);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void recentItemsSurviveARestoreAndALateInteractionIsPairedToo(String backend) throws Exception {
    OperatorSubtaskState snapshot;
    try (var before = pairs(backend, 1, 0).open()) {
      before.send(Interaction.click("u", "a", 100));
      snapshot = before.snapshot();
    }
    try (var after = pairs(backend, 1, 0).restore(snapshot)) {
      after.watermark(500);
      after.send(Interaction.click("u", "b", 50));
      assertThat(after.output())
          .containsExactly(self("b", 50), later("a", "b", 1, 50), earlier("b", "a", 1, 50));
      after.watermark(1_099);
      assertThat(after.stateEntries()).isPositive();
      after.watermark(1_100);
      assertThat(after.stateEntries()).isZero();
      assertThat(after.timers()).isZero();
    }
  }

  @Test
  void recentItemsFollowTheirUsersWhenParallelismChanges() throws Exception {
    OperatorSubtaskState one;
    try (var single = pairs("hashmap", 1, 0).open()) {
      for (int user = 0; user < 20; user++) {
        single.send(Interaction.click("u" + user, "a", 1));
      }
      one = single.snapshot();
    }
    OperatorSubtaskState[] two = new OperatorSubtaskState[2];
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var half = pairs("hashmap", 2, subtask).restore(Harnesses.rescaled(2, subtask, one))) {
        for (int user = 0; user < 20; user++) {
          if (Harnesses.subtaskOf("u" + user, 2) == subtask) {
            half.send(Interaction.click("u" + user, "b", 2));
          }
        }
        assertThat(half.stateEntries()).isBetween(1, 19);
        assertThat(half.output()).contains(later("a", "b", 1, 2)).hasSize(3 * half.stateEntries());
        two[subtask] = half.snapshot();
      }
    }
    try (var single = pairs("hashmap", 1, 0).restore(Harnesses.rescaled(1, 0, two))) {
      assertThat(single.stateEntries()).isEqualTo(20);
      for (int user = 0; user < 20; user++) {
        single.send(Interaction.click("u" + user, "c", 3));
      }
      assertThat(single.output())
          .hasSize(20 * 5)
          .filteredOn(pair -> pair.equals(later("a", "c", 0.5, 3)))
          .hasSize(20);
      single.watermark(1_003);
      assertThat(single.stateEntries() + single.timers()).isZero();
    }
  }

  @Test
  void aPairLearnsHowOftenItsNeighborWasSeenAndTheCountIsFreed() throws Exception {
    try (var counts = counts("hashmap", 1, 0).open()) {
      counts.send(self("b", 1));
      counts.send(later("x", "a", 1, 2));
      counts.send(self("b", 2));
      counts.send(later("a", "b", 1, 2));
      assertThat(counts.output().stream().map(pair -> NO_DECAY.valueAt(pair.neighborCount(), 0)))
          .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : 1)
          .containsExactly(1.0, 0.0, 2.0, 2.0);
      counts.watermark(1_001);
      assertThat(counts.stateEntries()).isEqualTo(2);
      counts.watermark(1_002);
      assertThat(counts.stateEntries()).isZero();
      assertThat(counts.timers()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void countsSurviveARestoreAndALatePairCountsAsWhatItHasDecayedTo(String backend)
      throws Exception {
    OperatorSubtaskState snapshot;
    try (var before = counts(DECAY, backend, 1, 0).open()) {
      before.send(self("a", 1_000));
      before.send(self("b", 1_000));
      before.send(self("b", 1_000));
      snapshot = before.snapshot();
    }
    try (var after = counts(DECAY, backend, 1, 0).restore(snapshot)) {
      after.watermark(1_500);
      after.send(self("a", 900));
      after.send(later("x", "a", 1, 1_000));
      after.send(later("x", "b", 1, 1_000));
      assertThat(countsAt(DECAY, after.output(), 1_000)).containsExactly(1.5, 1.5, 2.0);
      after.watermark(1_999);
      assertThat(after.timers()).isEqualTo(2);
      assertThat(after.stateEntries()).isGreaterThanOrEqualTo(2);
      after.watermark(2_000);
      assertThat(after.stateEntries() + after.timers()).isZero();
    }
  }

  @Test
  void aLatePairOfAFreedItemIsFreedWithTheNextWatermark() throws Exception {
    try (var counts = counts("hashmap", 1, 0).open()) {
      counts.watermark(5_000);
      counts.send(self("a", 1));
      assertThat(countsAt(NO_DECAY, counts.output(), 1)).containsExactly(1.0);
      assertThat(counts.stateEntries()).isEqualTo(1);
      counts.watermark(5_001);
      assertThat(counts.stateEntries() + counts.timers()).isZero();
    }
  }

  @Test
  void countsFollowTheirItemsWhenParallelismChanges() throws Exception {
    OperatorSubtaskState one;
    try (var single = counts("hashmap", 1, 0).open()) {
      for (int item = 0; item < 20; item++) {
        single.send(self("i" + item, 1));
      }
      one = single.snapshot();
    }
    OperatorSubtaskState[] two = new OperatorSubtaskState[2];
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var half = counts("hashmap", 2, subtask).restore(Harnesses.rescaled(2, subtask, one))) {
        for (int item = 0; item < 20; item++) {
          if (Harnesses.subtaskOf("i" + item, 2) == subtask) {
            half.send(self("i" + item, 2));
          }
        }
        assertThat(half.stateEntries()).isBetween(1, 19);
        two[subtask] = half.snapshot();
      }
    }
    try (var single = counts("hashmap", 1, 0).restore(Harnesses.rescaled(1, 0, two))) {
      for (int item = 0; item < 20; item++) {
        single.send(later("x", "i" + item, 1, 3));
      }
      assertThat(countsAt(NO_DECAY, single.output(), 3)).hasSize(20).containsOnly(2.0);
    }
  }

  /** What the pairs were told, rounded: sums of powers of two, held as a logarithm. */
  private static List<Double> countsAt(DecayedCount decay, List<ItemPair> pairs, long atMillis) {
    return pairs.stream()
        .map(pair -> decay.valueAt(pair.neighborCount(), atMillis))
        .map(count -> Math.rint(count * 1e6) / 1e6)
        .toList();
  }

  @Test
  void aLatePairWeighsWhatItHasDecayedToAndDoesNotKeepTheList() throws Exception {
    try (var lists = lists(DECAY, "hashmap", 1, 0).open()) {
      lists.send(new ItemPair("a", "a", 1, 0, DECAY.of(1, 1_000), 1_000));
      lists.send(new ItemPair("a", "b", 1, 0, DECAY.of(1, 1_000), 1_000));
      lists.watermark(1_500);
      lists.send(new ItemPair("a", "c", 1, 0, DECAY.of(1, 1_000), 900));
      lists.clock(100);
      SimilarItems list = lists.output().get(0);
      isList(list, "a", "b", "c");
      assertThat(list.forward()).containsExactly(new float[] {1, 0.5f}, within(1e-5f));
      lists.watermark(1_999);
      assertThat(lists.stateEntries()).isEqualTo(1);
      lists.watermark(2_000);
      assertThat(lists.stateEntries() + lists.timers()).isZero();
    }
  }

  @Test
  void aListIsSentAfter64ChangesOr100MillisecondsOrAtTheEnd() throws Exception {
    try (var lists = lists("hashmap", 1, 0).open()) {
      for (int n = 0; n < 63; n++) {
        lists.send(counted("a", "b", 1, n));
        lists.send(counted("x", "y", 1, n));
      }
      assertThat(lists.output()).isEmpty();
      lists.send(counted("a", "b", 1, 63));
      assertThat(lists.output()).singleElement().satisfies(list -> isList(list, "a", "b"));
      lists.clock(100);
      assertThat(lists.output()).hasSize(2).last().satisfies(list -> isList(list, "x", "y"));
      lists.send(counted("a", "c", 1_000, 64));
      lists.watermark(Long.MAX_VALUE);
      assertThat(lists.output()).hasSize(3).last().satisfies(list -> isList(list, "a", "c", "b"));
    }
  }

  @Test
  void aListIsFreedOneTtlAfterItsNewestPair() throws Exception {
    try (var lists = lists("hashmap", 1, 0).open()) {
      lists.send(counted("a", "b", 1, 1));
      lists.send(counted("a", "b", 1, 500));
      lists.watermark(1_499);
      assertThat(lists.stateEntries()).isEqualTo(1);
      lists.watermark(1_500);
      assertThat(lists.stateEntries()).isZero();
      assertThat(lists.timers()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void whatWasNotSentIsSentAfterARestore(String backend) throws Exception {
    OperatorSubtaskState snapshot;
    try (var before = lists(backend, 1, 0).open()) {
      before.send(counted("a", "b", 1, 1));
      snapshot = before.snapshot();
    }
    try (var after = lists(backend, 1, 0).restore(snapshot)) {
      after.send(counted("a", "c", 2, 2));
      after.clock(100);
      assertThat(after.output()).singleElement().satisfies(list -> isList(list, "a", "c", "b"));
    }
  }

  @Test
  void keysFollowTheirSubtasksWhenParallelismChanges() throws Exception {
    OperatorSubtaskState one;
    try (var single = lists("hashmap", 1, 0).open()) {
      for (int item = 0; item < 20; item++) {
        single.send(counted("i" + item, "before", 1, 1));
      }
      one = single.snapshot();
    }
    OperatorSubtaskState[] two = new OperatorSubtaskState[2];
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var half = lists("hashmap", 2, subtask).restore(Harnesses.rescaled(2, subtask, one))) {
        for (int item = 0; item < 20; item++) {
          if (Harnesses.subtaskOf("i" + item, 2) == subtask) {
            half.send(counted("i" + item, "after", 2, 2));
          }
        }
        two[subtask] = half.snapshot();
      }
    }
    try (var single = lists("hashmap", 1, 0).restore(Harnesses.rescaled(1, 0, two))) {
      single.watermark(Long.MAX_VALUE);
      assertThat(single.output()).hasSize(20);
      for (SimilarItems list : single.output()) {
        isList(list, list.itemId(), "after", "before");
      }
    }
  }

  @Test
  void allThreeTogetherAreCosinesOfTheUsersItems() throws Exception {
    List<ItemPair> made;
    try (var pairs = pairs("hashmap", 1, 0).open()) {
      // a and b by three users, c by one of them, b alone by a fourth.
      for (String user : List.of("u", "v", "w")) {
        pairs.send(Interaction.click(user, "a", 1));
        pairs.send(Interaction.click(user, "b", 1));
      }
      pairs.send(Interaction.click("u", "c", 1));
      pairs.send(Interaction.click("x", "b", 1));
      // A last look at a, so that the newest counts are known.
      pairs.send(Interaction.click("y", "b", 2));
      pairs.send(Interaction.click("y", "a", 2));
      made = new ArrayList<>(pairs.output());
    }
    try (var counts = counts("hashmap", 1, 0).open();
        var lists = lists("hashmap", 1, 0).open()) {
      for (ItemPair pair : made) {
        counts.send(pair);
      }
      for (ItemPair pair : counts.output()) {
        lists.send(pair);
      }
      lists.watermark(Long.MAX_VALUE);
      SimilarItems ofA =
          lists.output().stream().filter(l -> l.itemId().equals("a")).findFirst().orElseThrow();
      assertThat(ofA.neighborIds()).containsExactly("b", "c");
      // n_a = 4, n_b = 5: three times a before b, once b before a.
      assertThat(ofA.forward()[0]).isCloseTo((float) (3 / Math.sqrt(4 * 5)), within(1e-5f));
      assertThat(ofA.backward()[0]).isCloseTo((float) (1 / Math.sqrt(4 * 5)), within(1e-5f));
      assertThat(ofA.forward()[1]).isCloseTo((float) (0.5 / Math.sqrt(4 * 1)), within(1e-5f));
    }
  }

  @Test
  void badArgumentsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ItemNeighborFunction(CONFIG, NO_DECAY, 0, TTL))
        .withMessage("k must be positive, got 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ItemNeighborFunction(NeighborConfig.NONE, NO_DECAY, 1, TTL))
        .withMessage("maxNeighbors must be positive, got 0");
  }

  private static ItemPair counted(String itemId, String neighborId, double weight, long at) {
    return new ItemPair(itemId, neighborId, (float) weight, 0, NO_DECAY.of(1, at), at);
  }

  private static void isList(SimilarItems list, String itemId, String... neighborIds) {
    assertThat(list.itemId()).isEqualTo(itemId);
    assertThat(Arrays.asList(list.neighborIds())).containsExactly(neighborIds);
  }
}
