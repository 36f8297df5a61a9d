/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.factorization;

import io.github.flinkrecsys.core.replica.InitialFactors;
import io.github.flinkrecsys.core.replica.ReplicaConfig;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.operators.util.MetricNames;
import java.time.Duration;
import java.util.Arrays;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Owns the factors of an item: adds every delta exactly once and sends the value on, conflated.
 * Keyed by item.
 *
 * <p>State: {@value #STATE}, one per admitted item: {@link ReplicaConfig#maxItems}, and what
 * several task managers admitted at once beyond it.
 */
public final class ItemFactorFunction extends KeyedProcessFunction<String, ItemDelta, ItemFactor> {
  static final String STATE = "item-factor";

  private static final long serialVersionUID = 1L;

  private final ReplicaConfig items;
  private final int maxUnsent;
  private final long maxDelayMillis;

  private transient ValueState<ItemFactorState> state;
  private transient Counter keysAdded;

  /**
   * Makes the function.
   *
   * @param items shape of the model's items
   * @param maxUnsent deltas after which a value is sent, at least 1
   * @param maxDelay wall-clock time after which a value is sent
   */
  public ItemFactorFunction(ReplicaConfig items, int maxUnsent, Duration maxDelay) {
    this.items = Checks.notNull("items", items);
    this.maxUnsent = Checks.positive("maxUnsent", maxUnsent);
    this.maxDelayMillis = Checks.positive("maxDelay", maxDelay).toMillis();
  }

  /**
   * Makes the function with the default conflation: 64 deltas or 100 ms.
   *
   * @param model whose items it owns
   */
  public ItemFactorFunction(ModelSettings model) {
    this(Checks.notNull("model", model).replica().items(), 64, Duration.ofMillis(100));
  }

  @Override
  public void open(OpenContext openContext) {
    state = getRuntimeContext().getState(new ValueStateDescriptor<>(STATE, ItemFactorState.class));
    keysAdded = getRuntimeContext().getMetricGroup().counter(MetricNames.KEYS_ADDED);
  }

  @Override
  public void processElement(ItemDelta delta, Context context, Collector<ItemFactor> out)
      throws Exception {
    ItemFactorState item = state.value();
    if (item == null) {
      item = newItem(delta.itemId());
      keysAdded.inc();
      // Processing-time timers do not fire at the end of a bounded input; this one does.
      context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
    }
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
    item.unsent++;
    if (item.unsent == 1) {
      context
          .timerService()
          .registerProcessingTimeTimer(
              context.timerService().currentProcessingTime() + maxDelayMillis);
    }
    if (item.unsent >= maxUnsent) {
      send(delta.itemId(), item, out);
    }
    state.update(item);
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

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ItemFactor> out)
      throws Exception {
    ItemFactorState item = state.value();
    if (item != null && item.unsent > 0) {
      send(context.getCurrentKey(), item, out);
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
