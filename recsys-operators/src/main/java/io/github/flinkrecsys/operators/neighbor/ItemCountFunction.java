/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.neighbor;

import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.neighbor.ItemPair;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.util.EventTimeTtl;
import io.github.flinkrecsys.operators.util.KeyCounters;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Tells each pair how often its neighbour was interacted with, which normalises its weight. Keyed
 * by {@link ItemPair#neighborId}.
 *
 * <p>A late pair counts as what it has decayed to, and is told the count as it is now; it does not
 * keep the item longer. State: {@value #STATE} per item, freed after the ttl.
 */
public final class ItemCountFunction extends KeyedProcessFunction<String, ItemPair, ItemPair> {
  static final String STATE = "item-count";

  private static final long serialVersionUID = 1L;

  private final DecayedCount decay;
  private final Duration ttl;

  private transient ValueState<ItemCountState> state;
  private transient KeyCounters keys;

  /**
   * Makes the function.
   *
   * @param decay of the counts
   * @param ttl silence, in event time, after which an item is forgotten
   */
  public ItemCountFunction(DecayedCount decay, Duration ttl) {
    this.decay = Checks.notNull("decay", decay);
    this.ttl = Checks.positive("ttl", ttl);
  }

  @Override
  public void open(OpenContext openContext) {
    state = getRuntimeContext().getState(new ValueStateDescriptor<>(STATE, ItemCountState.class));
    keys = KeyCounters.in(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(ItemPair pair, Context context, Collector<ItemPair> out)
      throws Exception {
    ItemCountState item = state.value();
    if (item == null) {
      item = new ItemCountState();
      keys.added().inc();
      EventTimeTtl.start(context.timerService(), pair.timestampMillis(), ttl);
    }
    item.lastSeenMillis = Math.max(item.lastSeenMillis, pair.timestampMillis());
    if (pair.isSelf()) {
      item.count = DecayedCount.add(item.count, decay.of(pair.forward(), pair.timestampMillis()));
    }
    state.update(item);
    out.collect(
        new ItemPair(
            pair.itemId(),
            pair.neighborId(),
            pair.forward(),
            pair.backward(),
            item.count,
            pair.timestampMillis()));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ItemPair> out)
      throws Exception {
    ItemCountState item = state.value();
    if (item != null
        && EventTimeTtl.isOver(context.timerService(), timestamp, item.lastSeenMillis, ttl)) {
      state.clear();
      keys.freed().inc();
    }
  }
}
