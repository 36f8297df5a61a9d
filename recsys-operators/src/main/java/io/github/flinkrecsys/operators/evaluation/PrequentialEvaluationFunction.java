/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.evaluation;

import io.github.flinkrecsys.core.evaluation.EvaluationConfig;
import io.github.flinkrecsys.core.evaluation.EvaluationSums;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.Interactions;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.core.util.Hashes;
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
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Judges lists that were really served, whoever made them, against what the user did next. Both
 * inputs are keyed by user.
 *
 * <p>An interaction is judged against the newest of the user's last {@value #MAX_LISTS} lists that
 * was generated before it in event time; without one it is not scored. Every judged interaction is
 * one {@link EvaluationSums} of source {@value #SOURCE}, for {@link EvaluationMergeFunction};
 * coverage cannot be known here and is NaN. Unlike the evaluation inside the user side, repeated
 * items are scored. An interaction of negative weight rejects its item: it is no choice, and not
 * scored. Types that are no choices, such as impressions, are to be filtered out before.
 *
 * <p>Late interactions are judged like others; their sums count where the merge puts them. State:
 * {@value #STATE} per user, freed after {@code ttl} of event time without a list. Side output:
 * {@link DeadLetter#TAG}.
 */
public final class PrequentialEvaluationFunction
    extends KeyedCoProcessFunction<String, RecommendationList, Interaction, EvaluationSums> {
  /** Source under which served lists are judged. */
  public static final String SOURCE = "served";

  /** Lists kept per user. */
  public static final int MAX_LISTS = 4;

  static final String STATE = "served-lists";

  private static final long serialVersionUID = 1L;

  private final EvaluationConfig config;
  private final Duration ttl;

  private transient ValueState<ServedLists> state;
  private transient Counter deadLetters;
  private transient ReasonCounters reasons;
  private transient KeyCounters keys;

  /**
   * Makes the function.
   *
   * @param config what is evaluated
   * @param ttl event time after which a user without a new list is forgotten
   */
  public PrequentialEvaluationFunction(EvaluationConfig config, Duration ttl) {
    this.config = Checks.notNull("config", config);
    this.ttl = Checks.positive("ttl", ttl);
  }

  @Override
  public void open(OpenContext openContext) {
    state = getRuntimeContext().getState(new ValueStateDescriptor<>(STATE, ServedLists.class));
    keys = KeyCounters.in(getRuntimeContext().getMetricGroup());
    deadLetters = getRuntimeContext().getMetricGroup().counter(MetricNames.DEAD_LETTERS);
    reasons = new ReasonCounters(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement1(
      RecommendationList list, Context context, Collector<EvaluationSums> out) throws Exception {
    String violation = violation(list);
    if (violation != null) {
      refuse(violation, list, context);
      return;
    }
    if (!config.judges(context.getCurrentKey())) {
      return;
    }
    ServedLists lists = state.value();
    if (lists == null) {
      lists = new ServedLists();
      keys.added().inc();
      EventTimeTtl.start(context.timerService(), list.generatedAtMillis(), ttl);
    }
    String[] itemIds = new String[Math.min(config.k(), list.items().length)];
    for (int rank = 0; rank < itemIds.length; rank++) {
      ScoredItem item = list.items()[rank];
      itemIds[rank] = item.itemId();
    }
    lists.add(list.generatedAtMillis(), itemIds, MAX_LISTS);
    state.update(lists);
  }

  private static String violation(RecommendationList list) {
    if (list.items() == null) {
      return "items must be given, got null";
    }
    for (int rank = 0; rank < list.items().length; rank++) {
      ScoredItem item = list.items()[rank];
      if (item == null || item.itemId() == null) {
        return "items must be items with an id, got null at " + rank;
      }
    }
    return list.generatedAtMillis() >= 0
        ? null
        : "generatedAtMillis must be non-negative, got " + list.generatedAtMillis();
  }

  private void refuse(String violation, Object record, Context context) {
    deadLetters.inc();
    reasons.inc(violation);
    context.output(DeadLetter.TAG, DeadLetter.of("prequential-evaluation", violation, record, -1));
  }

  @Override
  public void processElement2(
      Interaction interaction, Context context, Collector<EvaluationSums> out) throws Exception {
    String violation = Interactions.violation(interaction);
    if (violation != null) {
      refuse(violation, interaction, context);
      return;
    }
    ServedLists lists = state.value();
    String[] list = lists == null ? null : lists.before(interaction.timestampMillis());
    boolean isChoice = interaction.weight() >= 0;
    if (list != null && isChoice) {
      out.collect(judge(list, interaction));
    }
  }

  private EvaluationSums judge(String[] list, Interaction interaction) {
    int rank = 0;
    long[] hashes = new long[list.length];
    for (int i = 0; i < list.length; i++) {
      hashes[i] = Hashes.hash(list[i]);
      if (rank == 0 && list[i].equals(interaction.itemId())) {
        rank = i + 1;
      }
    }
    return new EvaluationSums(
        SOURCE,
        config.windowStart(interaction.timestampMillis()),
        config.windowEnd(interaction.timestampMillis()),
        config.k(),
        1,
        rank > 0 ? 1 : 0,
        rank > 0 ? 1.0 / rank : 0,
        rank > 0 ? Math.log(2) / Math.log(rank + 1) : 0,
        0,
        0,
        0,
        hashes,
        0);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<EvaluationSums> out)
      throws Exception {
    ServedLists lists = state.value();
    if (lists != null
        && EventTimeTtl.isOver(context.timerService(), timestamp, lists.newestMillis(), ttl)) {
      state.clear();
      keys.freed().inc();
    }
  }
}
