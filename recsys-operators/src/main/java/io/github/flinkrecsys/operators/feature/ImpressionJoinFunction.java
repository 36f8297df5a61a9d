/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.feature;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.Interactions;
import io.github.flinkrecsys.core.feature.Impression;
import io.github.flinkrecsys.core.feature.ImpressionJoinConfig;
import io.github.flinkrecsys.core.feature.ImpressionMatcher;
import io.github.flinkrecsys.core.feature.OpenImpression;
import io.github.flinkrecsys.core.feature.TrainingExample;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.util.MetricNames;
import io.github.flinkrecsys.operators.util.ReasonCounters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Joins impressions with what followed, into examples that hold exactly the features that were
 * served. Both inputs are keyed by user, or by {@linkplain FeatureKeys#pair(String, String) user
 * and item}, which gives the same examples and touches less state per event.
 *
 * <p>Every impression taken gives one {@link TrainingExample}: as soon as it has the highest label,
 * else when the watermark has passed its waiting time. Interactions are given to impressions when
 * the watermark passes them, in the order of their times, by {@link ImpressionMatcher}; so the
 * order of arrival does not matter.
 *
 * <p>Side outputs: {@link #LATE_IMPRESSIONS} for impressions behind the watermark, whose label
 * cannot be known any more; {@link #LATE_INTERACTIONS} for interactions behind the watermark that
 * no open impression waits for; {@link DeadLetter#TAG} for records that cannot be used or are too
 * many. Nothing is kept of a key without open impressions and pending interactions.
 */
public final class ImpressionJoinFunction
    extends KeyedCoProcessFunction<String, Impression, Interaction, TrainingExample> {
  /** Name of this stage in dead letters. */
  public static final String STAGE = "impression-join";

  /** Side output of impressions that came too late. */
  public static final OutputTag<Impression> LATE_IMPRESSIONS =
      new OutputTag<>("recsys-late-impressions", TypeInformation.of(Impression.class));

  /** Side output of interactions that came too late. */
  public static final OutputTag<Interaction> LATE_INTERACTIONS =
      new OutputTag<>("recsys-impression-join-late", TypeInformation.of(Interaction.class));

  // Names of state are part of every savepoint: never rename.
  static final String OPEN = "open-impressions";
  static final String PENDING = "pending-labels";
  static final String PROGRESS = "impression-progress";

  private static final long serialVersionUID = 1L;
  private static final Comparator<Interaction> BY_TIME =
      Comparator.comparingLong(Interaction::timestampMillis);

  private final ImpressionJoinConfig config;

  private transient ImpressionMatcher matcher;
  private transient ListState<OpenImpression> openOfKey;
  private transient ListState<Interaction> pendingOfKey;
  private transient ValueState<ImpressionProgress> progressOfKey;
  private transient Counter positives;
  private transient Counter negatives;
  private transient Counter unmatchedInteractions;
  private transient Counter lateImpressions;
  private transient Counter lateInteractions;
  private transient Counter overflowedRecords;
  private transient Counter deadLetters;
  private transient ReasonCounters reasons;

  /**
   * Makes the function.
   *
   * @param config what makes a positive example
   */
  public ImpressionJoinFunction(ImpressionJoinConfig config) {
    this.config = Checks.notNull("config", config);
  }

  @Override
  public void open(OpenContext openContext) {
    matcher = new ImpressionMatcher(config);
    openOfKey =
        getRuntimeContext().getListState(new ListStateDescriptor<>(OPEN, OpenImpression.class));
    pendingOfKey =
        getRuntimeContext().getListState(new ListStateDescriptor<>(PENDING, Interaction.class));
    progressOfKey =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>(PROGRESS, ImpressionProgress.class));
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    positives = metrics.counter(MetricNames.POSITIVES);
    negatives = metrics.counter(MetricNames.NEGATIVES);
    unmatchedInteractions = metrics.counter(MetricNames.UNMATCHED_INTERACTIONS);
    lateImpressions = metrics.counter(MetricNames.LATE_IMPRESSIONS);
    lateInteractions = metrics.counter(MetricNames.LATE_INTERACTIONS);
    overflowedRecords = metrics.counter(MetricNames.OVERFLOWED_RECORDS);
    deadLetters = metrics.counter(MetricNames.DEAD_LETTERS);
    reasons = new ReasonCounters(metrics);
  }

  @Override
  public void processElement1(
      Impression impression, Context context, Collector<TrainingExample> out) throws Exception {
    String violation = Impression.violation(impression);
    if (violation != null) {
      refuse(violation, impression, context);
      return;
    }
    if (impression.timestampMillis() <= context.timerService().currentWatermark()) {
      lateImpressions.inc();
      context.output(LATE_IMPRESSIONS, impression);
      return;
    }
    ImpressionProgress progress = progress();
    if (progress.open >= config.maxOpen()) {
      overflow("open impressions", impression, context);
      return;
    }
    openOfKey.add(new OpenImpression(impression));
    progress.open++;
    wakeUpBy(config.endOf(impression), progress, context.timerService());
    progressOfKey.update(progress);
  }

  @Override
  public void processElement2(
      Interaction interaction, Context context, Collector<TrainingExample> out) throws Exception {
    String violation = Interactions.violation(interaction);
    if (violation != null) {
      refuse(violation, interaction, context);
      return;
    }
    if (config.labelOf(interaction.type()) == 0) {
      return;
    }
    ImpressionProgress progress = progress();
    if (interaction.timestampMillis() <= context.timerService().currentWatermark()) {
      takeLate(interaction, progress, context, out);
      return;
    }
    if (progress.pending >= config.maxOpen()) {
      overflow("pending interactions", interaction, context);
      return;
    }
    pendingOfKey.add(interaction);
    progress.pending++;
    wakeUpBy(interaction.timestampMillis(), progress, context.timerService());
    progressOfKey.update(progress);
  }

  private void takeLate(
      Interaction interaction,
      ImpressionProgress progress,
      Context context,
      Collector<TrainingExample> out)
      throws Exception {
    List<OpenImpression> open = progress.open == 0 ? List.of() : listOf(openOfKey);
    OpenImpression match = matcher.match(open, interaction);
    if (match == null) {
      lateInteractions.inc();
      context.output(LATE_INTERACTIONS, interaction);
      return;
    }
    emitIfCertain(match, out);
    openOfKey.update(open);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<TrainingExample> out)
      throws Exception {
    ImpressionProgress progress = progressOfKey.value();
    if (progress == null || timestamp != progress.wakeUpMillis) {
      return;
    }
    long watermark = context.timerService().currentWatermark();
    List<OpenImpression> open = listOf(openOfKey);
    List<Interaction> pending = listOf(pendingOfKey);
    pending.sort(BY_TIME);
    int taken = 0;
    while (taken < pending.size() && pending.get(taken).timestampMillis() <= watermark) {
      OpenImpression match = matcher.match(open, pending.get(taken));
      if (match == null) {
        unmatchedInteractions.inc();
      } else {
        emitIfCertain(match, out);
      }
      taken++;
    }
    store(closed(open, watermark, out), pending.subList(taken, pending.size()), context);
  }

  /** What is left of the open impressions after those whose time is over were emitted. */
  private List<OpenImpression> closed(
      List<OpenImpression> open, long watermark, Collector<TrainingExample> out) {
    List<OpenImpression> rest = new ArrayList<>(open.size());
    for (OpenImpression impression : open) {
      if (config.endOf(impression.impression) > watermark) {
        rest.add(impression);
      } else if (!impression.isEmitted) {
        emit(impression, out);
      }
    }
    return rest;
  }

  private void store(List<OpenImpression> open, List<Interaction> pending, OnTimerContext context)
      throws Exception {
    openOfKey.update(open);
    pendingOfKey.update(pending);
    ImpressionProgress progress = new ImpressionProgress();
    progress.open = open.size();
    progress.pending = pending.size();
    for (OpenImpression impression : open) {
      long end = config.endOf(impression.impression);
      progress.wakeUpMillis = earlier(progress.wakeUpMillis, end);
    }
    if (!pending.isEmpty()) {
      progress.wakeUpMillis = earlier(progress.wakeUpMillis, pending.get(0).timestampMillis());
    }
    if (progress.wakeUpMillis == ImpressionProgress.NONE) {
      progressOfKey.clear();
    } else {
      context.timerService().registerEventTimeTimer(progress.wakeUpMillis);
      progressOfKey.update(progress);
    }
  }

  private void emitIfCertain(OpenImpression impression, Collector<TrainingExample> out) {
    if (!impression.isEmitted && matcher.isCertain(impression)) {
      emit(impression, out);
    }
  }

  private void emit(OpenImpression impression, Collector<TrainingExample> out) {
    (impression.label > 0 ? positives : negatives).inc();
    out.collect(impression.emit());
  }

  /** A later timer stays where it is: when it fires it is not the one that is remembered. */
  private static void wakeUpBy(long millis, ImpressionProgress progress, TimerService timers) {
    if (earlier(progress.wakeUpMillis, millis) != progress.wakeUpMillis) {
      progress.wakeUpMillis = millis;
      timers.registerEventTimeTimer(millis);
    }
  }

  private static long earlier(long timer, long millis) {
    return timer == ImpressionProgress.NONE ? millis : Math.min(timer, millis);
  }

  private ImpressionProgress progress() throws Exception {
    ImpressionProgress progress = progressOfKey.value();
    return progress == null ? new ImpressionProgress() : progress;
  }

  private static <T> List<T> listOf(ListState<T> state) throws Exception {
    List<T> list = new ArrayList<>();
    state.get().forEach(list::add);
    return list;
  }

  private void overflow(String what, Object record, Context context) {
    overflowedRecords.inc();
    String reason = what + " of a key must be at most maxOpen (" + config.maxOpen() + "), got more";
    reasons.inc(reason);
    context.output(
        DeadLetter.TAG, DeadLetter.of(STAGE, reason, record, DeadLetter.UNKNOWN_TIMESTAMP));
  }

  private void refuse(String violation, Object record, Context context) {
    deadLetters.inc();
    reasons.inc(violation);
    context.output(
        DeadLetter.TAG, DeadLetter.of(STAGE, violation, record, DeadLetter.UNKNOWN_TIMESTAMP));
  }
}
