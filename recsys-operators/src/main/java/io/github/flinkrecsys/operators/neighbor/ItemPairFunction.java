/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.neighbor;

import io.github.flinkrecsys.core.event.ConfidenceWeights;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.Interactions;
import io.github.flinkrecsys.core.neighbor.ItemPair;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.util.EventTimeTtl;
import io.github.flinkrecsys.operators.util.KeyCounters;
import io.github.flinkrecsys.operators.util.MetricNames;
import io.github.flinkrecsys.operators.util.ReasonCounters;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Pairs the item of each interaction with the user's recent ones, for item-based collaborative
 * filtering. Keyed by user.
 *
 * <p>Out: the item with itself, which counts it; then, for each recent item, two {@link ItemPair}s,
 * one for the list of either. The weight falls with the number of items in between. To {@link
 * ItemCountFunction}.
 *
 * <p>Late interactions are paired like others, in the order of arrival. State: {@value #STATE} per
 * user, freed after the ttl. Side output: {@link DeadLetter#TAG}.
 */
public final class ItemPairFunction extends KeyedProcessFunction<String, Interaction, ItemPair> {
  static final String STATE = "recent-items";

  private static final long serialVersionUID = 1L;

  private final NeighborConfig config;
  private final ConfidenceWeights confidence;
  private final Duration ttl;

  private transient ValueState<RecentItemIds> state;
  private transient Counter deadLetters;
  private transient ReasonCounters reasons;
  private transient KeyCounters keys;

  /**
   * Makes the function.
   *
   * @param config window and decay by distance
   * @param confidence how much each interaction type counts
   * @param ttl silence, in event time, after which a user is forgotten
   */
  public ItemPairFunction(NeighborConfig config, ConfidenceWeights confidence, Duration ttl) {
    this.config = Checks.notNull("config", config);
    this.confidence = Checks.notNull("confidence", confidence);
    this.ttl = Checks.positive("ttl", ttl);
  }

  @Override
  public void open(OpenContext openContext) {
    state = getRuntimeContext().getState(new ValueStateDescriptor<>(STATE, RecentItemIds.class));
    keys = KeyCounters.in(getRuntimeContext().getMetricGroup());
    deadLetters = getRuntimeContext().getMetricGroup().counter(MetricNames.DEAD_LETTERS);
    reasons = new ReasonCounters(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(Interaction interaction, Context context, Collector<ItemPair> out)
      throws Exception {
    String violation = Interactions.violation(interaction);
    if (violation != null) {
      deadLetters.inc();
      reasons.inc(violation);
      context.output(DeadLetter.TAG, DeadLetter.of("item-pairs", violation, interaction, -1));
      return;
    }
    float weight = confidence.of(interaction.type());
    if (weight == 0) {
      return;
    }
    long at = interaction.timestampMillis();
    RecentItemIds recent = state.value();
    if (recent == null) {
      recent = new RecentItemIds();
      keys.added().inc();
      EventTimeTtl.start(context.timerService(), at, ttl);
    }
    recent.pair(interaction.itemId(), weight, at, config, out::collect);
    state.update(recent);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ItemPair> out)
      throws Exception {
    RecentItemIds recent = state.value();
    if (recent != null
        && EventTimeTtl.isOver(context.timerService(), timestamp, recent.lastSeenMillis, ttl)) {
      state.clear();
      keys.freed().inc();
    }
  }
}
