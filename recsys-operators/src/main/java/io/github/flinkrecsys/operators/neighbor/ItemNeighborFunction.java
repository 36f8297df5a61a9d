/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.neighbor;

import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.neighbor.ItemPair;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import io.github.flinkrecsys.core.neighbor.NeighborList;
import io.github.flinkrecsys.core.neighbor.NeighborListRule;
import io.github.flinkrecsys.core.neighbor.SimilarItems;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.util.EventTimeTtl;
import io.github.flinkrecsys.operators.util.KeyCounters;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Owns the neighbours of an item: incremental item-based collaborative filtering with decay,
 * bounded by {@link NeighborConfig#maxNeighbors}. Keyed by {@link ItemPair#itemId}.
 *
 * <p>Out: the item's best neighbours after {@value #MAX_UNSENT} changes, or {@value
 * #MAX_DELAY_MILLIS} ms of wall-clock time after the first that was not sent, or at the end of a
 * bounded input. A late pair counts as what it has decayed to and does not keep the item longer.
 * State: {@value #STATE} per item, freed after the ttl.
 */
public final class ItemNeighborFunction
    extends KeyedProcessFunction<String, ItemPair, SimilarItems> {
  /** Changes after which a list is sent. */
  public static final int MAX_UNSENT = 64;

  /** Wall-clock milliseconds after which a list is sent. */
  public static final long MAX_DELAY_MILLIS = 100;

  static final String STATE = "neighbor-list";

  private static final long serialVersionUID = 1L;

  private final NeighborConfig config;
  private final DecayedCount decay;
  private final int k;
  private final Duration ttl;

  private transient NeighborListRule rule;
  private transient ValueState<NeighborList> state;
  private transient KeyCounters keys;

  /**
   * Makes the function.
   *
   * @param config how many neighbours are kept, and how they compare
   * @param decay of weights and counts
   * @param k neighbours per list that is sent, at least 1
   * @param ttl silence, in event time, after which an item is forgotten
   */
  public ItemNeighborFunction(NeighborConfig config, DecayedCount decay, int k, Duration ttl) {
    this.config = Checks.notNull("config", config);
    this.decay = Checks.notNull("decay", decay);
    this.k = Checks.positive("k", k);
    this.ttl = Checks.positive("ttl", ttl);
    Checks.positive("maxNeighbors", config.maxNeighbors());
  }

  @Override
  public void open(OpenContext openContext) {
    rule = new NeighborListRule(config, decay);
    state = getRuntimeContext().getState(new ValueStateDescriptor<>(STATE, NeighborList.class));
    keys = KeyCounters.in(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(ItemPair pair, Context context, Collector<SimilarItems> out)
      throws Exception {
    NeighborList list = state.value();
    if (list == null) {
      list = new NeighborList();
      keys.added().inc();
      EventTimeTtl.start(context.timerService(), pair.timestampMillis(), ttl);
    }
    rule.add(list, pair);
    if (list.unsent == 1) {
      long due = context.timerService().currentProcessingTime() + MAX_DELAY_MILLIS;
      context.timerService().registerProcessingTimeTimer(due);
    }
    if (list.unsent >= MAX_UNSENT) {
      send(pair.itemId(), list, out);
    }
    state.update(list);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<SimilarItems> out)
      throws Exception {
    NeighborList list = state.value();
    if (list == null) {
      return;
    }
    if (list.unsent > 0) {
      send(context.getCurrentKey(), list, out);
      state.update(list);
    }
    if (context.timeDomain() == TimeDomain.EVENT_TIME
        && EventTimeTtl.isOver(context.timerService(), timestamp, list.lastSeenMillis, ttl)) {
      state.clear();
      keys.freed().inc();
    }
  }

  private void send(String itemId, NeighborList list, Collector<SimilarItems> out) {
    list.unsent = 0;
    if (list.size > 0) {
      out.collect(rule.read(itemId, list, k, list.lastSeenMillis));
    }
  }
}
