/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.factorization;

import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.replica.InitialFactors;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import io.github.flinkrecsys.core.replica.ModelDeltas;
import io.github.flinkrecsys.core.replica.ReplicaConfig;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.operators.util.MetricNames;
import java.util.Arrays;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.util.Collector;

/**
 * Keeps the vectors of items, one key at a time, and sends them on, conflated. Belongs to one
 * subtask.
 */
final class ItemFactorOwner {
  private final ReplicaConfig items;
  private final int maxUnsent;
  private final long maxDelayMillis;
  private final ValueState<ItemFactorState> state;
  private final Counter keysAdded;

  ItemFactorOwner(ReplicaConfig items, int maxUnsent, long maxDelayMillis, RuntimeContext context) {
    this.items = items;
    this.maxUnsent = maxUnsent;
    this.maxDelayMillis = maxDelayMillis;
    state =
        context.getState(
            new ValueStateDescriptor<>(ItemFactorFunction.STATE, ItemFactorState.class));
    keysAdded = context.getMetricGroup().counter(MetricNames.KEYS_ADDED);
  }

  void add(ItemDelta delta, TimerService timers, Collector<ItemFactor> out) throws Exception {
    ItemFactorState item = item(delta.itemId(), timers);
    if (delta.values().length != item.values.length) {
      throw new IllegalStateException(
          "factors must be what the state was written with, "
              + (item.values.length - 1)
              + ", got "
              + (delta.values().length - 1));
    }
    for (int f = 0; f < item.values.length; f++) {
      item.values[f] += delta.values()[f];
    }
    item.updates += delta.updates();
    keep(delta.itemId(), item, timers, out);
  }

  /**
   * Moves an item to a vector of an offline model.
   *
   * @return what that adds to it, or null if a newer model has been there
   */
  ModelDeltas move(
      ModelRow row, double learnedShare, TimerService timers, Collector<ItemFactor> out)
      throws Exception {
    ItemFactorState item = item(row.id(), timers);
    if (row.version() <= item.modelVersion) {
      return null;
    }
    float[] deltas = item.values.clone();
    row.moveTo(item.values, item.updates > 0 ? learnedShare : 0);
    for (int f = 0; f < deltas.length; f++) {
      deltas[f] = item.values[f] - deltas[f];
    }
    boolean isNew = item.modelVersion == 0 && item.updates == 0;
    item.modelVersion = row.version();
    keep(row.id(), item, timers, out);
    return new ModelDeltas(row.version(), row.items(), deltasOf(row.id(), deltas, isNew));
  }

  private static ItemDeltas deltasOf(String itemId, float[] values, boolean isNew) {
    // Only what has a count is recommended. That of one interaction at the beginning of time makes
    // the item known, and has decayed to nothing since.
    double count = isNew ? 0 : DecayedCount.EMPTY;
    return new ItemDeltas(
        0,
        System.currentTimeMillis(),
        new String[] {itemId},
        values,
        new long[] {0},
        new double[] {count},
        0,
        0);
  }

  private ItemFactorState item(String itemId, TimerService timers) throws Exception {
    ItemFactorState item = state.value();
    if (item == null) {
      item = newItem(itemId);
      keysAdded.inc();
      // Processing-time timers do not fire at the end of a bounded input; this one does.
      timers.registerEventTimeTimer(Long.MAX_VALUE);
    }
    return item;
  }

  private ItemFactorState newItem(String itemId) {
    ItemFactorState item = new ItemFactorState();
    item.values = new float[items.factors() + 1];
    InitialFactors.write(
        Hashes.hash(itemId),
        items.seed(),
        items.initialDeviation(),
        item.values,
        0,
        items.factors());
    return item;
  }

  private void keep(
      String itemId, ItemFactorState item, TimerService timers, Collector<ItemFactor> out)
      throws Exception {
    item.unsent++;
    if (item.unsent == 1) {
      timers.registerProcessingTimeTimer(timers.currentProcessingTime() + maxDelayMillis);
    }
    if (item.unsent >= maxUnsent) {
      send(itemId, item, out);
    }
    state.update(item);
  }

  /** Sends what a timer finds unsent. */
  void sendUnsent(String itemId, Collector<ItemFactor> out) throws Exception {
    ItemFactorState item = state.value();
    if (item != null && item.unsent > 0) {
      send(itemId, item, out);
      state.update(item);
    }
  }

  private void send(String itemId, ItemFactorState item, Collector<ItemFactor> out) {
    int k = items.factors();
    item.unsent = 0;
    out.collect(
        new ItemFactor(itemId, Arrays.copyOf(item.values, k), item.values[k], item.updates));
  }
}
