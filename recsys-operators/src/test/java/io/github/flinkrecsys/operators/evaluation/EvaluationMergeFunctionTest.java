/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.evaluation.EvaluationResult;
import io.github.flinkrecsys.core.evaluation.EvaluationSums;
import io.github.flinkrecsys.operators.testing.Harnesses;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationMergeFunctionTest {
  @Test
  void partsOfAWindowAreMergedWhenItCloses() throws Exception {
    try (var merge = merge("hashmap", 1, 0).open()) {
      merge.send(part("a", 0, 3, 1, 11, 12));
      merge.send(part("a", 0, 1, 1, 12, 13));
      merge.watermark(98);
      assertThat(merge.output()).isEmpty();
      merge.watermark(99);
      assertThat(merge.output())
          .containsExactly(
              result("a", false, 0, 4, 2, 3 / 50.0), result("a", true, 0, 4, 2, 3 / 50.0));
      merge.send(part("a", 100, 4, 1, 14));
      merge.watermark(199);
      assertThat(merge.output().subList(2, 4))
          .containsExactly(
              result("a", false, 100, 4, 1, 1 / 50.0), result("a", true, 100, 8, 3, 4 / 50.0));
      assertThat(merge.timers()).isZero();
      assertThat(merge.stateEntries()).as("the total alone").isEqualTo(1);
    }
  }

  @Test
  void ratingErrorsAreAveragedOverAllParts() throws Exception {
    try (var merge = merge("hashmap", 1, 0).open()) {
      merge.send(new EvaluationSums("a", 0, 100, 0, 0, 0, 0, 0, 1, 2, 4, new long[0], 0));
      merge.send(new EvaluationSums("a", 0, 100, 0, 0, 0, 0, 0, 3, 0, 0, new long[0], 0));
      merge.watermark(99);
      EvaluationResult window = merge.output().get(0);
      assertThat(window.rated()).isEqualTo(4);
      assertThat(window.mae()).isCloseTo(0.5, within(1e-12));
      assertThat(window.rmse()).isCloseTo(1, within(1e-12));
      assertThat(window.recall()).isNaN();
    }
  }

  @Test
  void sourcesAndWindowsDoNotMix() throws Exception {
    try (var merge = merge("hashmap", 1, 0).open()) {
      merge.send(part("a", 100, 5, 0));
      merge.send(part("b", 0, 2, 1));
      merge.send(part("a", 0, 1, 1));
      merge.watermark(99);
      assertThat(merge.output())
          .filteredOn(result -> !result.total())
          .containsExactlyInAnyOrder(
              result("a", false, 0, 1, 1, 0), result("b", false, 0, 2, 1, 0));
      merge.watermark(199);
      assertThat(merge.output().subList(4, 6))
          .containsExactly(result("a", false, 100, 5, 0, 0), result("a", true, 100, 6, 1, 0));
    }
  }

  @Test
  void lateSumsCountInTheTotalAlone() throws Exception {
    try (var merge = merge("hashmap", 1, 0).open()) {
      merge.send(part("a", 0, 1, 1));
      merge.watermark(99);
      merge.send(part("a", 0, 9, 0));
      assertThat(merge.counter("lateParts")).isEqualTo(1);
      merge.watermark(Long.MAX_VALUE);
      assertThat(merge.output()).hasSize(3);
      assertThat(merge.output().get(2).total()).isTrue();
      assertThat(merge.output().get(2).scored()).isEqualTo(10);
      assertThat(merge.output().get(2).recall()).isCloseTo(0.1, within(1e-12));
      assertThat(merge.timers()).isZero();
    }
  }

  /** Closed windows are freed, and a total has no item twice, nor items without a coverage. */
  @Test
  void stateIsBoundedByTheItemsKnown() throws Exception {
    try (var merge = merge("hashmap", 1, 0).open()) {
      for (int window = 0; window < 100; window++) {
        merge.send(part("known", 100 * window, 1, 1, 1 + window % 50, 1 + (window + 1) % 50));
        merge.send(
            new EvaluationSums(
                "served", 0, 100, 10, 1, 1, 1, 1, 0, 0, 0, new long[] {1_000 + window}, 0));
        merge.watermark(100 * window + 99);
      }
      assertThat(merge.stateEntries()).as("a total per source").isEqualTo(2);
      merge.send(part("known", 10_000, 1, 1));
      merge.send(part("served", 10_000, 1, 1));
      merge.watermark(Long.MAX_VALUE);
      assertThat(merge.output())
          .filteredOn(result -> result.total() && result.windowEndMillis() == 10_100)
          .extracting(EvaluationResult::source, EvaluationResult::coverage)
          .containsExactlyInAnyOrder(tuple("known", 1.0), tuple("served", 0.0));
    }
  }

  @Test
  void theEndOfTheInputClosesAllWindows() throws Exception {
    try (var merge = merge("hashmap", 1, 0).open()) {
      merge.send(part("a", 0, 1, 1));
      merge.send(part("a", 100, 1, 0));
      merge.watermark(Long.MAX_VALUE);
      assertThat(merge.output())
          .extracting(EvaluationResult::total, EvaluationResult::windowEndMillis)
          .containsExactly(
              tuple(false, 100L), tuple(true, 100L), tuple(false, 200L), tuple(true, 200L));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void openWindowsAndTotalsSurviveRestore(String backend) throws Exception {
    OperatorSubtaskState snapshot;
    try (var before = merge(backend, 1, 0).open()) {
      before.send(part("a", 0, 1, 1, 11));
      before.watermark(99);
      before.send(part("a", 100, 2, 1, 12));
      snapshot = before.snapshot();
    }
    try (var after = merge(backend, 1, 0).restore(snapshot)) {
      after.send(part("a", 100, 2, 0, 13));
      after.watermark(199);
      assertThat(after.output())
          .containsExactly(
              result("a", false, 100, 4, 1, 2 / 50.0), result("a", true, 100, 5, 2, 3 / 50.0));
    }
  }

  @Test
  void sumsFollowTheirSourcesWhenParallelismChanges() throws Exception {
    OperatorSubtaskState one;
    try (var single = merge("hashmap", 1, 0).open()) {
      for (int source = 0; source < 20; source++) {
        single.send(part("s" + source, 0, 1, 1));
      }
      one = single.snapshot();
    }
    OperatorSubtaskState[] two = new OperatorSubtaskState[2];
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var half = merge("hashmap", 2, subtask).restore(Harnesses.rescaled(2, subtask, one))) {
        for (int source = 0; source < 20; source++) {
          if (Harnesses.subtaskOf("s" + source, 2) == subtask) {
            half.send(part("s" + source, 0, 1, 0));
          }
        }
        two[subtask] = half.snapshot();
      }
    }
    try (var single = merge("hashmap", 1, 0).restore(Harnesses.rescaled(1, 0, two))) {
      single.watermark(99);
      assertThat(single.output()).hasSize(40);
      for (int source = 0; source < 20; source++) {
        assertThat(single.output())
            .containsAll(
                List.of(
                    result("s" + source, false, 0, 2, 1, 0),
                    result("s" + source, true, 0, 2, 1, 0)));
      }
    }
  }

  private static EvaluationSums part(
      String source, long start, long scored, long hits, long... listed) {
    return new EvaluationSums(
        source, start, start + 100, 10, scored, hits, hits / 2.0, hits / 4.0, 0, 0, 0, listed, 50);
  }

  private static EvaluationResult result(
      String source, boolean total, long start, long scored, long hits, double coverage) {
    double recall = (double) hits / scored;
    return new EvaluationResult(
        source,
        total,
        start,
        start + 100,
        10,
        scored,
        recall,
        recall / 2,
        recall / 4,
        coverage,
        0,
        Double.NaN,
        Double.NaN);
  }

  private static Harnesses.Keyed<String, EvaluationSums, EvaluationResult> merge(
      String backend, int parallelism, int subtask) throws Exception {
    return Harnesses.keyed(
        new EvaluationMergeFunction(),
        EvaluationSums::source,
        Types.STRING,
        backend,
        parallelism,
        subtask);
  }
}
