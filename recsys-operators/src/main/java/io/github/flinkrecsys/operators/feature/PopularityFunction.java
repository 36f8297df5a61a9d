/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.feature;

import io.github.flinkrecsys.core.event.ConfidenceWeights;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.Interactions;
import io.github.flinkrecsys.core.feature.DecayedCount;
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
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Counts interactions per item with exponential decay. Keyed by item. The recommender, which has
 * the same counts from its replica, serves a user of whom nothing is known the items that lead by
 * them.
 *
 * <p>Values are sent after {@value #MAX_UNSENT} interactions or {@value #MAX_DELAY_MILLIS} ms. Late
 * interactions count as what they have decayed to. State: {@value #STATE} per item, freed when the
 * count has decayed to {@value #FLOOR} of the least weight (without decay: never, so set a
 * half-life on endless streams of new items). Side output: {@link DeadLetter#TAG}.
 */
public final class PopularityFunction
    extends KeyedProcessFunction<String, Interaction, ItemPopularity> {
  /** Interactions after which a value is sent. */
  public static final int MAX_UNSENT = 64;

  /** Wall-clock milliseconds after which a value is sent. */
  public static final long MAX_DELAY_MILLIS = 100;

  /** A count that has decayed to this share of the least weight is forgotten. */
  public static final double FLOOR = 0.01;

  static final String STATE = "item-popularity";

  private static final long serialVersionUID = 1L;

  private final DecayedCount decay;
  private final ConfidenceWeights confidence;
  private final double floor;

  private transient ValueState<PopularityState> state;
  private transient Counter deadLetters;
  private transient ReasonCounters reasons;
  private transient KeyCounters keys;

  /**
   * Makes the function.
   *
   * @param halfLife event time after which an interaction counts half, or {@link
   *     DecayedCount#NEVER}
   * @param confidence how much each interaction type counts
   */
  public PopularityFunction(Duration halfLife, ConfidenceWeights confidence) {
    this(DecayedCount.withHalfLife(halfLife), confidence);
  }

  /**
   * Makes the function.
   *
   * @param decay of the counts
   * @param confidence how much each interaction type counts
   */
  public PopularityFunction(DecayedCount decay, ConfidenceWeights confidence) {
    this.decay = Checks.notNull("decay", decay);
    this.confidence = Checks.notNull("confidence", confidence);
    this.floor = FLOOR * confidence.smallest();
  }

  @Override
  public void open(OpenContext openContext) {
    state = getRuntimeContext().getState(new ValueStateDescriptor<>(STATE, PopularityState.class));
    keys = KeyCounters.in(getRuntimeContext().getMetricGroup());
    deadLetters = getRuntimeContext().getMetricGroup().counter(MetricNames.DEAD_LETTERS);
    reasons = new ReasonCounters(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(
      Interaction interaction, Context context, Collector<ItemPopularity> out) throws Exception {
    String violation = Interactions.violation(interaction);
    if (violation != null) {
      deadLetters.inc();
      reasons.inc(violation);
      context.output(DeadLetter.TAG, DeadLetter.of("popularity", violation, interaction, -1));
      return;
    }
    double weight = confidence.of(interaction.type());
    if (weight == 0) {
      return;
    }
    PopularityState item = state.value();
    boolean isNew = item == null;
    if (isNew) {
      item = new PopularityState();
      keys.added().inc();
    }
    item.stored = DecayedCount.add(item.stored, decay.of(weight, interaction.timestampMillis()));
    item.asOfMillis = Math.max(item.asOfMillis, interaction.timestampMillis());
    item.unsent++;
    if (isNew) {
      context.timerService().registerEventTimeTimer(decay.reaches(item.stored, floor));
    }
    if (item.unsent == 1) {
      context
          .timerService()
          .registerProcessingTimeTimer(
              context.timerService().currentProcessingTime() + MAX_DELAY_MILLIS);
    }
    if (item.unsent >= MAX_UNSENT) {
      send(interaction.itemId(), item, out);
    }
    state.update(item);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ItemPopularity> out)
      throws Exception {
    PopularityState item = state.value();
    if (item == null) {
      return;
    }
    if (item.unsent > 0) {
      send(context.getCurrentKey(), item, out);
      state.update(item);
    }
    if (context.timeDomain() == TimeDomain.EVENT_TIME
        && EventTimeTtl.isOver(
            context.timerService(), timestamp, decay.reaches(item.stored, floor))) {
      state.clear();
      keys.freed().inc();
    }
  }

  private void send(String itemId, PopularityState item, Collector<ItemPopularity> out) {
    item.unsent = 0;
    double count = decay.valueAt(item.stored, item.asOfMillis);
    out.collect(new ItemPopularity(itemId, count, item.asOfMillis, item.stored));
  }
}
