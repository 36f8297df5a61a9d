/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.feature;

import io.github.flinkrecsys.core.event.EnrichedInteraction;
import io.github.flinkrecsys.core.event.Interactions;
import io.github.flinkrecsys.core.feature.FeatureConfig;
import io.github.flinkrecsys.core.feature.FeatureExtractor;
import io.github.flinkrecsys.core.feature.FeatureState;
import io.github.flinkrecsys.core.feature.FeatureVector;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.util.EventTimeTtl;
import io.github.flinkrecsys.operators.util.KeyCounters;
import io.github.flinkrecsys.operators.util.MetricNames;
import io.github.flinkrecsys.operators.util.ReasonCounters;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keeps the features of a {@link FeatureConfig} per key, and emits them after every interaction.
 * Keyed by one of {@link FeatureKeys}, or by a key of your own.
 *
 * <p>Late interactions are counted in {@code lateInteractions} and taken like others: a decayed
 * count takes what they have decayed to, a window the bucket that they belong to. State: {@value
 * #STATE} per key, freed after the config's time to live. Side output: {@link DeadLetter#TAG}.
 */
public final class FeatureFunction
    extends KeyedProcessFunction<String, EnrichedInteraction, FeatureVector> {
  /** Name of this stage in dead letters. */
  public static final String STAGE = "features";

  static final String STATE = "features";

  private static final long serialVersionUID = 1L;

  private final FeatureConfig config;

  private transient FeatureExtractor extractor;
  private transient ValueState<FeatureState> state;
  private transient Counter lateInteractions;
  private transient Counter replacedStates;
  private transient Counter deadLetters;
  private transient ReasonCounters reasons;
  private transient KeyCounters keys;

  /**
   * Makes the function.
   *
   * @param config which features
   */
  public FeatureFunction(FeatureConfig config) {
    this.config = Checks.notNull("config", config);
  }

  @Override
  public void open(OpenContext openContext) {
    extractor = new FeatureExtractor(config);
    state = getRuntimeContext().getState(new ValueStateDescriptor<>(STATE, FeatureState.class));
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    keys = KeyCounters.in(metrics);
    lateInteractions = metrics.counter(MetricNames.LATE_INTERACTIONS);
    replacedStates = metrics.counter(MetricNames.REPLACED_STATES);
    deadLetters = metrics.counter(MetricNames.DEAD_LETTERS);
    reasons = new ReasonCounters(metrics);
  }

  @Override
  public void processElement(
      EnrichedInteraction event, Context context, Collector<FeatureVector> out) throws Exception {
    String violation = Interactions.violation(event.interaction());
    if (violation != null) {
      deadLetters.inc();
      reasons.inc(violation);
      context.output(
          DeadLetter.TAG, DeadLetter.of(STAGE, violation, event, DeadLetter.UNKNOWN_TIMESTAMP));
      return;
    }
    long time = event.interaction().timestampMillis();
    if (time <= context.timerService().currentWatermark()) {
      lateInteractions.inc();
    }
    FeatureState features = state.value();
    if (features == null) {
      keys.added().inc();
      EventTimeTtl.start(context.timerService(), time, config.ttl());
      features = extractor.newState();
    } else if (!extractor.fits(features)) {
      replacedStates.inc();
      features = extractor.newState();
    }
    extractor.add(features, event.interaction());
    state.update(features);
    out.collect(
        new FeatureVector(
            context.getCurrentKey(),
            features.newestMillis,
            features.version,
            extractor.values(features, event)));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<FeatureVector> out)
      throws Exception {
    FeatureState features = state.value();
    if (features != null
        && EventTimeTtl.isOver(
            context.timerService(), timestamp, features.newestMillis, config.ttl())) {
      state.clear();
      keys.freed().inc();
    }
  }
}
