/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.factorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.replica.InitialFactors;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import io.github.flinkrecsys.core.replica.ModelDeltas;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.testing.Harnesses;
import io.github.flinkrecsys.operators.testing.Slot;
import io.github.flinkrecsys.operators.util.MetricNames;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ItemFactorLoadFunctionTest {
  private static final FactorConfig FACTORS = FactorConfig.pairwise().factors(2).build();
  private static final float ROUNDING = 1e-6f;

  @Test
  void anItemThatNobodyTurnedToTakesTheModelsVector() throws Exception {
    try (var owner = owner(0.5, "hashmap", 1, 0).open()) {
      owner.send2(row(1, "a", 3, 4));
      owner.send2(row(1, "b", -1, 2));
      owner.watermark(Long.MAX_VALUE);
      assertThat(owner.output())
          .containsExactlyInAnyOrder(
              new ItemFactor("a", new float[] {3, 4}, 0, 0),
              new ItemFactor("b", new float[] {-1, 2}, 0, 0));
      assertThat(owner.counter(MetricNames.MODEL_ROWS)).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 10, 20", "1, 1, 2", "0.25, 7.75, 15.5"})
  void ofALearnedVectorAShareIsKept(double share, float first, float second) throws Exception {
    try (var owner = owner(share, "hashmap", 1, 0).open()) {
      float[] start = initial("a");
      owner.send1(new ItemDelta("a", new float[] {1 - start[0], 2 - start[1], 5}, 1));
      owner.send2(row(1, "a", 10, 20));
      owner.watermark(Long.MAX_VALUE);
      ItemFactor moved = owner.output().get(owner.output().size() - 1);
      assertThat(moved.factors()).containsExactly(new float[] {first, second}, within(ROUNDING));
      assertThat(moved.bias()).as("the bias stays").isEqualTo(5);
      assertThat(moved.updates()).isEqualTo(1);
    }
  }

  /** However rows and steps come in turn, a replica that adds up has what the owner has. */
  @Test
  void whatIsSentAddsUpToTheVector() throws Exception {
    try (var owner = owner(0.5, "hashmap", 1, 0).open()) {
      float[] sum = initial("a");
      for (int n = 1; n <= 5; n++) {
        float[] step = {n * 0.5f, -n, 0};
        owner.send1(new ItemDelta("a", step, 1));
        sum[0] += step[0];
        sum[1] += step[1];
        owner.send2(row(n, "a", n, 2 * n));
      }
      for (ModelDeltas moved : owner.sideOutput(ItemFactorLoadFunction.MODEL_DELTAS)) {
        sum[0] += moved.deltas().values()[0];
        sum[1] += moved.deltas().values()[1];
      }
      owner.watermark(Long.MAX_VALUE);
      ItemFactor last = owner.output().get(owner.output().size() - 1);
      assertThat(last.factors()).containsExactly(new float[] {sum[0], sum[1]}, within(1e-5f));
    }
  }

  @Test
  void aReplicaIsToldWhichModelAndHowManyItems() throws Exception {
    try (var owner = owner(0.5, "hashmap", 1, 0).open()) {
      owner.send2(new ModelRow(9, 400, true, "a", new float[] {3, 4}));
      owner.send2(new ModelRow(10, 500, true, "a", new float[] {3, 5}));
      ModelDeltas first = owner.sideOutput(ItemFactorLoadFunction.MODEL_DELTAS).get(0);
      ModelDeltas second = owner.sideOutput(ItemFactorLoadFunction.MODEL_DELTAS).get(1);
      assertThat(first.version()).isEqualTo(9);
      assertThat(first.items()).isEqualTo(400);
      assertThat(second.version()).isEqualTo(10);
      ItemDeltas deltas = first.deltas();
      assertThat(deltas.itemIds()).containsExactly("a");
      assertThat(deltas.updates()).containsExactly(0);
      assertThat(deltas.popularity()[0]).as("known").isNotEqualTo(DecayedCount.EMPTY);
      assertThat(second.deltas().popularity()[0]).as("once").isEqualTo(DecayedCount.EMPTY);
    }
  }

  @Test
  void anOlderModelNeverReplacesANewerOne() throws Exception {
    try (var owner = owner(0.5, "hashmap", 1, 0).open()) {
      owner.send2(row(2, "a", 3, 4));
      owner.send2(row(1, "a", 8, 8));
      owner.send2(row(2, "a", 9, 9));
      assertThat(owner.sideOutput(ItemFactorLoadFunction.MODEL_DELTAS)).hasSize(1);
      owner.watermark(Long.MAX_VALUE);
      assertThat(owner.output()).containsExactly(new ItemFactor("a", new float[] {3, 4}, 0, 0));
    }
  }

  @Test
  void rowsThatDoNotFitAreDeadLetters() throws Exception {
    try (var owner = owner(0.5, "hashmap", 1, 0).open()) {
      owner.send2(new ModelRow(1, 2, true, "a", new float[] {1, 2, 3}));
      owner.send2(new ModelRow(0, 2, true, "b", new float[] {1, 2}));
      owner.send2(new ModelRow(1, 0, true, "c", new float[] {1, 2}));
      owner.send2(new ModelRow(1, 2, true, "d", new float[] {1, Float.NaN}));
      owner.send2(new ModelRow(1, 2, true, "e", null));
      assertThat(owner.sideOutput(DeadLetter.TAG))
          .extracting(DeadLetter::reason)
          .containsExactly(
              "factors must be 2 of the running model, got 3",
              "version must be at least 1, got 0",
              "items must be at least 1, got 0",
              "factors must be finite, got NaN",
              "factors must be 2 of the running model, got null");
      assertThat(owner.counter(MetricNames.DEAD_LETTERS)).isEqualTo(5);
      assertThat(owner.stateEntries()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void aRowThatComesAgainAfterARestoreChangesNothing(String backend) throws Exception {
    OperatorSubtaskState snapshot;
    try (var before = owner(0.5, backend, 1, 0).open()) {
      before.send2(row(4, "a", 3, 4));
      snapshot = before.snapshot();
    }
    try (var after = owner(0.5, backend, 1, 0).restore(snapshot)) {
      after.send1(new ItemDelta("a", new float[] {1, 1, 0}, 1));
      after.send2(row(4, "a", 3, 4));
      after.watermark(Long.MAX_VALUE);
      assertThat(after.output()).containsExactly(new ItemFactor("a", new float[] {4, 5}, 0, 1));
      assertThat(after.sideOutput(ItemFactorLoadFunction.MODEL_DELTAS)).isEmpty();
    }
  }

  @Test
  void itTakesUpTheStateOfAJobThatKnewNoModels() throws Exception {
    ModelSettings model = model(0);
    OperatorSubtaskState snapshot;
    try (var before =
        Harnesses.keyed(new ItemFactorFunction(model), ItemDelta::itemId, Types.STRING).open()) {
      before.send(new ItemDelta("a", new float[] {1, 1, 7}, 1));
      snapshot = before.snapshot();
    }
    try (var after = owner(0, "hashmap", 1, 0).restore(snapshot)) {
      after.send2(row(1, "a", 3, 4));
      after.watermark(Long.MAX_VALUE);
      assertThat(after.output()).containsExactly(new ItemFactor("a", new float[] {3, 4}, 7, 1));
    }
  }

  /** A refused row, an older one and one that comes again leave nothing behind. */
  @Test
  void stateIsOneValuePerItemOfDeltasAndModels() throws Exception {
    try (var owner = owner(0.5, "hashmap", 1, 0).open()) {
      for (int n = 1; n <= 20; n++) {
        owner.send1(new ItemDelta("a", new float[] {1, 1, 0}, 1));
        owner.send2(row(n, "a", 3, 4));
        owner.send2(row(n, "b", 3, 4));
        owner.send2(row(1, "b", 5, 6));
        owner.send2(new ModelRow(n, 100, true, "c" + n, new float[] {1, 2, 3}));
      }
      assertThat(owner.stateEntries()).isEqualTo(2);
      assertThat(owner.timers()).isEqualTo(2);
      owner.watermark(Long.MAX_VALUE);
      assertThat(owner.timers()).isZero();
      assertThat(owner.stateEntries()).as("items are kept").isEqualTo(2);
    }
  }

  @Test
  void itemsGoWithTheirKeysWhenRescaled() throws Exception {
    OperatorSubtaskState one;
    try (var single = owner(0.5, "hashmap", 1, 0).open()) {
      for (int item = 0; item < 20; item++) {
        single.send2(row(1, "i" + item, item, 0));
      }
      one = single.snapshot();
    }
    OperatorSubtaskState[] two = new OperatorSubtaskState[2];
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var half =
          owner(0.5, "hashmap", 2, subtask).restore(Harnesses.rescaled(2, subtask, one))) {
        for (int item = 0; item < 20; item++) {
          if (Harnesses.subtaskOf("i" + item, 2) == subtask) {
            half.send2(row(1, "i" + item, 99, 99));
            half.send1(new ItemDelta("i" + item, new float[] {0, 1, 0}, 1));
          }
        }
        two[subtask] = half.snapshot();
      }
    }
    try (var again = owner(0.5, "hashmap", 1, 0).restore(Harnesses.rescaled(1, 0, two))) {
      again.watermark(Long.MAX_VALUE);
      assertThat(again.output()).hasSize(20);
      assertThat(again.output())
          .allSatisfy(
              item -> {
                float n = Float.parseFloat(item.itemId().substring(1));
                assertThat(item.factors()).containsExactly(n, 1);
              });
    }
  }

  private static ModelRow row(long version, String id, float... factors) {
    return new ModelRow(version, 100, true, id, factors);
  }

  private static ModelSettings model(double learnedShare) {
    return ModelSettings.builder("m").factors(FACTORS).learnedShare(learnedShare).build();
  }

  private static float[] initial(String itemId) {
    var items = model(0).replica().items();
    float[] vector = new float[2];
    InitialFactors.write(Hashes.hash(itemId), items.seed(), items.initialDeviation(), vector, 0, 2);
    return vector;
  }

  private static Harnesses.Connected<ItemDelta, ModelRow, ItemFactor> owner(
      double learnedShare, String backend, int parallelism, int subtask) throws Exception {
    return Harnesses.connected(
        new ItemFactorLoadFunction(model(learnedShare)),
        ItemDelta::itemId,
        ModelRow::id,
        backend,
        new Slot(new JobID(), parallelism, subtask));
  }
}
