/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.factorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.replica.InitialFactors;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import io.github.flinkrecsys.core.replica.ReplicaConfig;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.operators.testing.Harnesses;
import io.github.flinkrecsys.operators.testing.RecommenderHarness;
import io.github.flinkrecsys.operators.testing.SampleStream;
import io.github.flinkrecsys.operators.testing.Slot;
import io.github.flinkrecsys.operators.util.MetricNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemFactorFunctionTest {
  private static final ReplicaConfig ITEMS = new ReplicaConfig(2, 0.1, 7, 100);

  @Test
  void anItemIsItsInitialVectorAndEveryDelta() throws Exception {
    try (var owner = owner("hashmap", 1, 0).open()) {
      owner.send(new ItemDelta("a", new float[] {1, 2, 3}, 4));
      owner.send(new ItemDelta("b", new float[] {-1, 0, 0}, 1));
      owner.send(new ItemDelta("a", new float[] {0.5f, 0, -1}, 0));
      assertThat(owner.output()).isEmpty();
      owner.watermark(Long.MAX_VALUE);
      assertThat(owner.output())
          .containsExactlyInAnyOrder(factor("a", 1.5f, 2, 2, 4), factor("b", -1, 0, 0, 1));
      assertThat(owner.timers()).isZero();
    }
  }

  @Test
  void aValueIsSentAfter64Deltas() throws Exception {
    try (var owner = owner("hashmap", 1, 0).open()) {
      for (int n = 0; n < 63; n++) {
        owner.send(bias("a", 1));
        owner.send(bias("b", 1));
      }
      assertThat(owner.output()).isEmpty();
      owner.send(bias("a", 1));
      assertThat(owner.output()).containsExactly(factor("a", 0, 0, 64, 64));
      for (int n = 0; n < 64; n++) {
        owner.send(bias("a", 1));
      }
      assertThat(owner.output()).hasSize(2).contains(factor("a", 0, 0, 128, 128));
    }
  }

  @Test
  void aValueIsSentOnceAfter100Milliseconds() throws Exception {
    try (var owner = owner("hashmap", 1, 0).open()) {
      owner.send(bias("a", 1));
      owner.clock(60);
      owner.send(bias("a", 1));
      owner.clock(99);
      assertThat(owner.output()).isEmpty();
      owner.clock(100);
      assertThat(owner.output()).containsExactly(factor("a", 0, 0, 2, 2));
      owner.clock(1_000);
      owner.watermark(Long.MAX_VALUE);
      assertThat(owner.output()).hasSize(1);
      assertThat(owner.clockTimers() + owner.timers()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hashmap", "rocksdb"})
  void whatWasNotSentIsSentAfterARestore(String backend) throws Exception {
    OperatorSubtaskState snapshot;
    try (var before = owner(backend, 1, 0).open()) {
      for (int n = 0; n < 63; n++) {
        before.send(bias("a", 1));
      }
      before.send(bias("b", 1));
      snapshot = before.snapshot();
    }
    try (var after = owner(backend, 1, 0).restore(snapshot)) {
      after.send(bias("a", 1));
      assertThat(after.output()).containsExactly(factor("a", 0, 0, 64, 64));
      after.clock(100);
      assertThat(after.output()).hasSize(2).contains(factor("b", 0, 0, 1, 1));
    }
  }

  /** There is one value per item and one timer, however many deltas; the user side bounds items. */
  @Test
  void stateIsBoundedByTheItemsThatTheUserSideAdmits() throws Exception {
    ModelSettings model = ModelSettings.builder("bounded").maxItems(3).build();
    try (var taskManager = RecommenderHarness.open(model, 1)) {
      var users = taskManager.userFactors(0).open();
      var owner = taskManager.owners().open();
      List<ItemDelta> deltas = new ArrayList<>();
      List<Interaction> stream = SampleStream.of(1, 300, 10, 50);
      for (int n = 0; n < stream.size(); n++) {
        users.send(stream.get(n));
        users.clock(10L * n);
      }
      users.watermark(Long.MAX_VALUE);
      assertThat(users.counter(MetricNames.ITEMS_NOT_ADMITTED)).isPositive();
      for (ItemDeltas batch : users.output()) {
        new ItemDeltaSplitter().flatMap(batch, new ListCollector<>(deltas));
      }
      assertThat(deltas).hasSizeGreaterThan(10);
      for (ItemDelta delta : deltas) {
        owner.send(delta);
      }
      assertThat(owner.stateEntries()).isEqualTo(3);
      assertThat(owner.timers()).isEqualTo(3);
    }
  }

  @Test
  void itemsFollowTheirKeysWhenParallelismChanges() throws Exception {
    OperatorSubtaskState one;
    try (var single = owner("hashmap", 1, 0).open()) {
      for (int item = 0; item < 20; item++) {
        single.send(bias("i" + item, item));
      }
      one = single.snapshot();
    }
    OperatorSubtaskState[] two = new OperatorSubtaskState[2];
    for (int subtask = 0; subtask < 2; subtask++) {
      try (var half = owner("hashmap", 2, subtask).restore(Harnesses.rescaled(2, subtask, one))) {
        for (int item = 0; item < 20; item++) {
          if (Harnesses.subtaskOf("i" + item, 2) == subtask) {
            half.send(bias("i" + item, 100));
          }
        }
        assertThat(half.stateEntries()).isBetween(1, 19);
        two[subtask] = half.snapshot();
      }
    }
    try (var single = owner("hashmap", 1, 0).restore(Harnesses.rescaled(1, 0, two))) {
      single.watermark(Long.MAX_VALUE);
      assertThat(single.output()).hasSize(20);
      for (int item = 0; item < 20; item++) {
        assertThat(single.output()).contains(factor("i" + item, 0, 0, item + 100, 2));
      }
    }
  }

  @Test
  void deltasOfAnotherShapeAreAnErrorThatNamesBoth() throws Exception {
    try (var owner = owner("hashmap", 1, 0).open()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> owner.send(new ItemDelta("a", new float[5], 1)))
          .withMessage("factors must be what the state was written with, 2, got 4");
    }
  }

  private static ItemDelta bias(String itemId, float delta) {
    return new ItemDelta(itemId, new float[] {0, 0, delta}, 1);
  }

  private static ItemFactor factor(
      String itemId, float first, float second, float bias, long updates) {
    float[] vector = new float[2];
    InitialFactors.write(Hashes.hash(itemId), ITEMS.seed(), 0.1, vector, 0, 2);
    vector[0] += first;
    vector[1] += second;
    return new ItemFactor(itemId, vector, bias, updates);
  }

  private static Harnesses.Keyed<String, ItemDelta, ItemFactor> owner(
      String backend, int parallelism, int subtask) throws Exception {
    return Harnesses.keyed(
        new ItemFactorFunction(ITEMS, 64, Duration.ofMillis(100)),
        ItemDelta::itemId,
        Types.STRING,
        backend,
        new Slot(new JobID(), parallelism, subtask));
  }
}
