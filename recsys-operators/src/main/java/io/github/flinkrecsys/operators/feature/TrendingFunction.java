/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.feature;

import io.github.flinkrecsys.core.feature.DecayedCount;
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
 * Keeps the leading items of each scope. Keyed by scope, for example one constant for all items.
 *
 * <p>Exact: stored counts only grow, so an item that is not among the first cannot enter without an
 * update of its own. The one value that may be lower than an older one, that of an item which was
 * forgotten and comes back late, changes nothing. Other late values count as what they have decayed
 * to.
 *
 * <p>State: {@value #STATE} per scope, {@code size} items. A scope is freed when the count of its
 * first item, and so each, has decayed to {@link PopularityFunction#FLOOR} in event time. Without
 * decay it is never freed.
 */
public final class TrendingFunction
    extends KeyedProcessFunction<String, ItemPopularity, TrendingList> {
  static final String STATE = "trending";

  private static final long serialVersionUID = 1L;

  private final DecayedCount decay;
  private final int size;
  private final long intervalMillis;

  private transient ValueState<TrendingState> state;
  private transient KeyCounters keys;

  /**
   * Makes the function.
   *
   * @param decay of the counts
   * @param size of the list, 1 to 10,000
   * @param interval wall-clock time after which a changed list is sent
   */
  public TrendingFunction(DecayedCount decay, int size, Duration interval) {
    this.decay = Checks.notNull("decay", decay);
    this.size = Checks.between("size", size, 1, 10_000);
    this.intervalMillis = Checks.positive("interval", interval).toMillis();
  }

  @Override
  public void open(OpenContext openContext) {
    state = getRuntimeContext().getState(new ValueStateDescriptor<>(STATE, TrendingState.class));
    keys = KeyCounters.in(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(ItemPopularity item, Context context, Collector<TrendingList> out)
      throws Exception {
    TrendingState list = state.value();
    if (list == null) {
      list = new TrendingState();
      keys.added().inc();
      // Fires at the end of a bounded input, too, where processing-time timers do not.
      context.timerService().registerEventTimeTimer(end(item.stored()));
    }
    if (!list.offer(item.itemId(), item.stored(), size)) {
      return;
    }
    list.asOfMillis = Math.max(list.asOfMillis, item.asOfMillis());
    if (!list.unsent) {
      list.unsent = true;
      context
          .timerService()
          .registerProcessingTimeTimer(
              context.timerService().currentProcessingTime() + intervalMillis);
    }
    state.update(list);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<TrendingList> out)
      throws Exception {
    TrendingState list = state.value();
    if (list == null) {
      return;
    }
    if (list.unsent) {
      send(context.getCurrentKey(), list, out);
      state.update(list);
    }
    if (context.timeDomain() == TimeDomain.EVENT_TIME
        && EventTimeTtl.isOver(context.timerService(), timestamp, end(list.stored[0]))) {
      state.clear();
      keys.freed().inc();
    }
  }

  private long end(double stored) {
    return decay.reaches(stored, PopularityFunction.FLOOR);
  }

  private void send(String scope, TrendingState list, Collector<TrendingList> out) {
    list.unsent = false;
    double[] counts = new double[list.stored.length];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = decay.valueAt(list.stored[i], list.asOfMillis);
    }
    out.collect(new TrendingList(scope, list.asOfMillis, list.itemIds.clone(), counts));
  }
}
