/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.ranking;

import io.github.flinkrecsys.core.event.Interactions;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.factorization.UserFactors;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.UserHistory;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.factorization.ModelSettings;
import io.github.flinkrecsys.operators.factorization.UserFactor;
import io.github.flinkrecsys.operators.replica.SharedReplica;
import io.github.flinkrecsys.operators.util.EventTimeTtl;
import io.github.flinkrecsys.operators.util.KeyCounters;
import io.github.flinkrecsys.operators.util.MetricNames;
import io.github.flinkrecsys.operators.util.ReasonCounters;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Ranks all items of the replica for a user: on request, and on every new factor of the user. Both
 * inputs are keyed by user.
 *
 * <p>Never recommends what the user has interacted with (the newest {@link
 * io.github.flinkrecsys.core.ranking.RankingConfig#maxSeenItems} items). Unknown users get what is
 * popular, and requests with items are answered by those ({@link RecommendationRequest#key} is the
 * key then). Late requests are answered like others. State: {@value #FACTORS} and {@value #HISTORY}
 * per user, freed after {@link ModelSettings#userTtl} of event time. Side output: {@link
 * DeadLetter#TAG}, for factors of another length, requests out of range and others that are none.
 */
public final class TopKRankingFunction
    extends KeyedCoProcessFunction<String, UserFactor, RecommendationRequest, RecommendationList> {
  static final String FACTORS = "user-factor";
  static final String HISTORY = "user-history";

  private static final long serialVersionUID = 1L;

  private final ModelSettings model;
  private final ServingSettings serving;

  private transient ValueState<UserFactors> factors;
  private transient ValueState<UserHistory> history;
  private transient SharedReplica.Lease replica;
  private transient RankingStage stage;
  private transient Counter deadLetters;
  private transient ReasonCounters reasons;
  private transient KeyCounters keys;

  /**
   * Makes the function.
   *
   * @param model whose replica is ranked
   * @param serving when and how
   * @throws IllegalArgumentException if one is null
   */
  public TopKRankingFunction(ModelSettings model, ServingSettings serving) {
    this.model = Checks.notNull("model", model);
    this.serving = Checks.notNull("serving", serving);
  }

  @Override
  public void open(OpenContext openContext) throws Exception {
    factors = getRuntimeContext().getState(new ValueStateDescriptor<>(FACTORS, UserFactors.class));
    history = getRuntimeContext().getState(new ValueStateDescriptor<>(HISTORY, UserHistory.class));
    keys = KeyCounters.in(getRuntimeContext().getMetricGroup());
    deadLetters = getRuntimeContext().getMetricGroup().counter(MetricNames.DEAD_LETTERS);
    reasons = new ReasonCounters(getRuntimeContext().getMetricGroup());
    replica = SharedReplica.openReader(model.replica(), getRuntimeContext(), "ranker");
    stage =
        new RankingStage(serving, model.factors(), replica, getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement1(UserFactor factor, Context context, Collector<RecommendationList> out)
      throws Exception {
    String violation = violation(factor);
    if (violation != null) {
      refuse(violation, factor, context);
      return;
    }
    UserHistory user = history.value();
    if (user == null) {
      user = new UserHistory();
      keys.added().inc();
      EventTimeTtl.start(context.timerService(), factor.timestampMillis(), model.userTtl());
    }
    UserFactors vector = new UserFactors(factor.vector());
    vector.steps = factor.steps();
    vector.lastSeenMillis = factor.timestampMillis();
    factors.update(vector);
    stage.remember(user, factor.itemId(), factor.timestampMillis());
    stage.serveUpdate(
        factor.userId(),
        factor.vector(),
        user,
        factor.timestampMillis(),
        context.timerService(),
        out);
    history.update(user);
  }

  private String violation(UserFactor factor) {
    if (factor.itemId() == null || factor.itemId().isBlank()) {
      return "itemId must be a non-blank string, got " + factor.itemId();
    }
    int width = model.factors().factors() + 1;
    if (factor.vector() == null || factor.vector().length != width) {
      int got = factor.vector() == null ? 0 : factor.vector().length;
      return "vector must have " + width + " numbers, factors and bias, got " + got;
    }
    for (float value : factor.vector()) {
      if (!Float.isFinite(value)) {
        return "vector must be of finite numbers, got " + value;
      }
    }
    return factor.timestampMillis() < 0
        ? "timestampMillis must not be negative, got " + factor.timestampMillis()
        : null;
  }

  private void refuse(String violation, Object record, Context context) {
    deadLetters.inc();
    reasons.inc(violation);
    context.output(DeadLetter.TAG, DeadLetter.of("top-k-ranking", violation, record, -1));
  }

  @Override
  public void processElement2(
      RecommendationRequest request, Context context, Collector<RecommendationList> out)
      throws Exception {
    String violation = Interactions.violation(request);
    if (violation != null) {
      refuse(violation, request, context);
      return;
    }
    if (request.hasNoUser()) {
      out.collect(stage.answer(request, null, null));
      return;
    }
    UserFactors vector = factors.value();
    UserHistory user = history.value();
    if (vector == null && stage.remembersServed()) {
      if (user == null) {
        keys.added().inc();
      }
      user = stage.meet(user, request.timestampMillis(), model.userTtl(), context.timerService());
    }
    out.collect(stage.answer(request, vector == null ? null : vector.vector, user));
    if (user != null && stage.remembersServed()) {
      history.update(user);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<RecommendationList> out)
      throws Exception {
    UserHistory user = history.value();
    if (user == null) {
      return;
    }
    UserFactors vector = factors.value();
    boolean isEventTime = context.timeDomain() == TimeDomain.EVENT_TIME;
    if (vector != null
        && stage.serveHeldBack(
            context.getCurrentKey(),
            vector.vector,
            user,
            context.timerService(),
            isEventTime ? Long.MIN_VALUE : timestamp,
            out)) {
      history.update(user);
    }
    if (isEventTime
        && EventTimeTtl.isOver(
            context.timerService(), timestamp, user.lastSeenMillis, model.userTtl())) {
      history.clear();
      factors.clear();
      keys.freed().inc();
    }
  }

  @Override
  public void close() {
    try {
      if (stage != null) {
        stage.close();
      }
    } finally {
      if (replica != null) {
        replica.close();
      }
    }
  }
}
