/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.pipeline;

import io.github.flinkrecsys.core.catalog.TrendCounts;
import io.github.flinkrecsys.core.evaluation.EvaluationConfig;
import io.github.flinkrecsys.core.evaluation.EvaluationSums;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.Interactions;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.factorization.UserFactors;
import io.github.flinkrecsys.core.graph.GraphEdges;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.UserHistory;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.catalog.TrendStage;
import io.github.flinkrecsys.operators.evaluation.EvaluationStage;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.factorization.FactorStage;
import io.github.flinkrecsys.operators.factorization.ModelRow;
import io.github.flinkrecsys.operators.factorization.ModelSettings;
import io.github.flinkrecsys.operators.factorization.UserFactor;
import io.github.flinkrecsys.operators.factorization.UserFactorFunction;
import io.github.flinkrecsys.operators.graph.GraphStage;
import io.github.flinkrecsys.operators.neighbor.NeighborStage;
import io.github.flinkrecsys.operators.ranking.RankingStage;
import io.github.flinkrecsys.operators.ranking.ServingSettings;
import io.github.flinkrecsys.operators.replica.ReplicaUpdate;
import io.github.flinkrecsys.operators.util.EventTimeTtl;
import io.github.flinkrecsys.operators.util.KeyCounters;
import io.github.flinkrecsys.operators.util.MetricNames;
import io.github.flinkrecsys.operators.util.ReasonCounters;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * The user side in one operator. For each interaction, in one call: evaluate, then train, then
 * rank. Both inputs, interactions and what else concerns users, are keyed by user.
 *
 * <p>The order is the point: a ranker behind the trainer would be judged against a model that has
 * already learned the answer. Side outputs: {@link #ITEM_DELTAS}, {@link #REPLICA_UPDATES}, {@link
 * #EVALUATION}, {@link UserFactorFunction#USER_FACTORS} where wanted, {@link DeadLetter#TAG}.
 *
 * <p>Where an initial model is awaited, interactions are held until it is there, at most {@value
 * HeldInteractions#MAX_PER_USER} of a user; the second input must have no watermark until the
 * model's rows have ended.
 *
 * <p>Late interactions are learned from like others. State: {@value #FACTORS}, {@value #HISTORY}
 * and {@value HeldInteractions#STATE} per user, freed after {@link ModelSettings#userTtl} of event
 * time; what was gathered and not sent, as operator state.
 */
public final class RecommenderFunction
    extends KeyedCoProcessFunction<String, Interaction, UserInput, RecommendationList>
    implements CheckpointedFunction {
  /** Gathered item deltas, for the owners of items and for all replicas. */
  public static final OutputTag<ItemDeltas> ITEM_DELTAS =
      new OutputTag<>("recsys-item-deltas", TypeInformation.of(ItemDeltas.class));

  /** Gathered sums of the evaluation. */
  public static final OutputTag<EvaluationSums> EVALUATION =
      new OutputTag<>("recsys-evaluation", TypeInformation.of(EvaluationSums.class));

  /** Gathered changes of neighbours, trends, graph and blend weights, for all replicas. */
  public static final OutputTag<ReplicaUpdate> REPLICA_UPDATES =
      new OutputTag<>("recsys-replica-updates", TypeInformation.of(ReplicaUpdate.class));

  static final String FACTORS = "user-factor";
  static final String HISTORY = "user-history";

  private static final long serialVersionUID = 1L;

  private final ModelSettings model;
  private final ServingSettings serving;
  private final EvaluationConfig evaluation;
  private final boolean emitUserFactors;
  private final boolean awaitsModel;

  private transient ListState<ItemDeltas> pendingDeltas;
  private transient NeighborStage.Pending pendingNeighbors;
  private transient ListState<TrendCounts> pendingTrends;
  private transient ListState<GraphEdges> pendingEdges;
  private transient ListState<EvaluationSums> pendingEvaluation;
  private transient ValueState<UserFactors> factors;
  private transient ValueState<UserHistory> history;
  private transient HeldInteractions held;
  private transient UserModels userModels;
  private transient FactorStage training;
  private transient NeighborStage neighbors;
  private transient TrendStage trends;
  private transient GraphStage graph;
  private transient RankingStage ranking;
  private transient EvaluationStage judging;
  private transient BeforeTraining before;
  private transient Counter deadLetters;
  private transient ReasonCounters reasons;
  private transient Counter lateInteractions;
  private transient KeyCounters keys;

  /**
   * Makes the function.
   *
   * @param model what is learned
   * @param serving when and how lists are served
   * @param evaluation what is evaluated, or null for nothing
   * @param emitUserFactors whether {@link UserFactorFunction#USER_FACTORS} is wanted
   * @param awaitsModel whether interactions wait for an offline model
   */
  public RecommenderFunction(
      ModelSettings model,
      ServingSettings serving,
      EvaluationConfig evaluation,
      boolean emitUserFactors,
      boolean awaitsModel) {
    this.model = Checks.notNull("model", model);
    this.serving = Checks.notNull("serving", serving);
    this.evaluation = evaluation;
    this.emitUserFactors = emitUserFactors;
    this.awaitsModel = awaitsModel;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    pendingDeltas = FactorStage.pendingState(context);
    pendingNeighbors = NeighborStage.pendingState(context);
    pendingTrends = TrendStage.pendingState(context);
    pendingEdges = GraphStage.pendingState(context);
    pendingEvaluation = EvaluationStage.pendingState(context);
  }

  @Override
  public void open(OpenContext openContext) throws Exception {
    factors = getRuntimeContext().getState(new ValueStateDescriptor<>(FACTORS, UserFactors.class));
    history = getRuntimeContext().getState(new ValueStateDescriptor<>(HISTORY, UserHistory.class));
    keys = KeyCounters.in(getRuntimeContext().getMetricGroup());
    lateInteractions = getRuntimeContext().getMetricGroup().counter(MetricNames.LATE_INTERACTIONS);
    deadLetters = getRuntimeContext().getMetricGroup().counter(MetricNames.DEAD_LETTERS);
    reasons = new ReasonCounters(getRuntimeContext().getMetricGroup());
    training = FactorStage.open(model, pendingDeltas, getRuntimeContext());
    userModels = new UserModels(training, model.userTtl(), getRuntimeContext().getMetricGroup());
    held =
        new HeldInteractions(
            awaitsModel,
            training.replica().offline(),
            model.replica().readyTimeout(),
            getRuntimeContext());
    neighbors = NeighborStage.open(pendingNeighbors, training.replica());
    trends = TrendStage.open(pendingTrends, training.replica());
    graph = GraphStage.open(pendingEdges, training.replica());
    ranking =
        new RankingStage(
            serving, model.factors(), training.replica(), getRuntimeContext().getMetricGroup());
    if (evaluation != null) {
      judging = EvaluationStage.open(evaluation, training.items(), pendingEvaluation);
    }
    before =
        new BeforeTraining(
            model.factors(),
            serving.ranking().blend(),
            evaluation,
            training,
            neighbors,
            ranking,
            judging);
  }

  @Override
  public void processElement1(
      Interaction interaction, Context context, Collector<RecommendationList> out)
      throws Exception {
    String violation = model.violation(interaction);
    if (violation != null) {
      refuse(violation, interaction, context);
      return;
    }
    if (interaction.timestampMillis() <= context.timerService().currentWatermark()) {
      lateInteractions.inc();
    }
    if (!model.learnsFrom(interaction)) {
      reject(interaction, context, out);
      return;
    }
    UserHistory past = history.value();
    if (!held.isOpen(context.timerService()) || (past != null && past.held > 0)) {
      hold(interaction, past == null ? new UserHistory() : past, context);
    } else {
      process(interaction, past == null ? new UserHistory() : past, context, out);
    }
  }

  /** Nothing is learned from such an interaction; but what a user turns down is not shown again. */
  private void reject(Interaction interaction, Context context, Collector<RecommendationList> out)
      throws Exception {
    if (interaction.weight() >= 0) {
      return;
    }
    long at = interaction.timestampMillis();
    UserFactors user = factors.value();
    UserHistory past = history.value();
    if (user == null) {
      past = ranking.meet(past, at, model.userTtl(), context.timerService());
    }
    past.exclude(interaction.itemId(), serving.ranking());
    if (user != null) {
      ranking.serveUpdate(interaction.userId(), user.vector, past, at, context.timerService(), out);
    }
    history.update(past);
  }

  private void hold(Interaction interaction, UserHistory past, Context context) throws Exception {
    String violation = held.hold(interaction, past, context.timerService());
    if (violation == null) {
      history.update(past);
    } else {
      refuse(violation, interaction, context);
    }
  }

  private void process(
      Interaction interaction, UserHistory past, Context context, Collector<RecommendationList> out)
      throws Exception {
    UserFactors user = factors.value();
    boolean isKnown = user != null;
    if (!isKnown) {
      user = training.newUser(interaction.userId());
      keys.added().inc();
      EventTimeTtl.start(context.timerService(), interaction.timestampMillis(), model.userTtl());
    }
    before.look(interaction, user, past, isKnown, context.timerService());
    train(interaction, user, past, context);
    ranking.remember(past, interaction.itemId(), interaction.timestampMillis());
    ranking.serveUpdate(
        interaction.userId(),
        user.vector,
        past,
        interaction.timestampMillis(),
        context.timerService(),
        out);
    factors.update(user);
    history.update(past);
  }

  private void refuse(String violation, Object record, Context context) {
    deadLetters.inc();
    reasons.inc(violation);
    context.output(DeadLetter.TAG, DeadLetter.of("recommender", violation, record, -1));
  }

  private void train(Interaction interaction, UserFactors user, UserHistory past, Context context) {
    training.learn(interaction, user);
    float confidence = model.factors().confidence().of(interaction.type());
    neighbors.learn(interaction, confidence, past.recent);
    trends.learn(interaction, confidence);
    graph.learn(interaction, confidence);
    if (emitUserFactors) {
      context.output(
          UserFactorFunction.USER_FACTORS,
          new UserFactor(
              interaction.userId(),
              user.vector.clone(),
              user.steps,
              interaction.itemId(),
              interaction.timestampMillis()));
    }
    if (training.isFlushDue()) {
      flush(context);
    } else {
      training.setTimer(context.timerService());
    }
  }

  private void flush(Context context) {
    training.flush(deltas -> context.output(ITEM_DELTAS, deltas));
    neighbors.flush(update -> context.output(REPLICA_UPDATES, update));
    trends.flush(update -> context.output(REPLICA_UPDATES, update));
    graph.flush(update -> context.output(REPLICA_UPDATES, update));
    if (judging != null) {
      judging.flush(sums -> context.output(EVALUATION, sums));
    }
  }

  @Override
  public void processElement2(UserInput input, Context context, Collector<RecommendationList> out)
      throws Exception {
    if (input.modelRow() != null) {
      load(input.modelRow(), context);
    } else {
      answer(input.request(), context, out);
    }
  }

  private void load(ModelRow row, Context context) throws Exception {
    String violation = ModelRow.violation(row, model.factors().factors());
    if (violation != null) {
      refuse(violation, row, context);
      return;
    }
    UserFactors user = factors.value();
    UserHistory past = history.value();
    if (user == null) {
      past = past == null ? new UserHistory() : past;
      keys.added().inc();
      userModels.seeNow(past, context.timerService());
      history.update(past);
    }
    factors.update(userModels.load(row, user));
  }

  private void answer(
      RecommendationRequest request, Context context, Collector<RecommendationList> out)
      throws Exception {
    String violation = Interactions.violation(request);
    if (violation != null) {
      refuse(violation, request, context);
      return;
    }
    if (request.hasNoUser()) {
      out.collect(ranking.answer(request, null, null));
      return;
    }
    UserFactors user = factors.value();
    UserHistory past = history.value();
    if (user == null && ranking.remembersServed()) {
      past = ranking.meet(past, request.timestampMillis(), model.userTtl(), context.timerService());
    }
    out.collect(ranking.answer(request, user == null ? null : user.vector, past));
    if (past != null && ranking.remembersServed()) {
      history.update(past);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<RecommendationList> out)
      throws Exception {
    flush(context);
    UserHistory past = history.value();
    if (past == null) {
      return;
    }
    if (past.held > 0) {
      release(past, context, out);
    }
    boolean isEventTime = context.timeDomain() == TimeDomain.EVENT_TIME;
    UserFactors user = factors.value();
    if (user == null) {
      freeStranger(timestamp, isEventTime, past, context);
      return;
    }
    if (ranking.serveHeldBack(
        context.getCurrentKey(),
        user.vector,
        past,
        context.timerService(),
        isEventTime ? Long.MIN_VALUE : timestamp,
        out)) {
      history.update(past);
    }
    if (isEventTime && UserModels.isUnseen(user, past)) {
      userModels.seeNow(past, context.timerService());
      history.update(past);
      return;
    }
    if (isEventTime
        && EventTimeTtl.isOver(
            context.timerService(), timestamp, past.lastSeenMillis, model.userTtl())) {
      history.clear();
      factors.clear();
      keys.freed().inc();
    }
  }

  /** One who has only asked so far: all that is known is what was served. */
  private void freeStranger(
      long timestamp, boolean isEventTime, UserHistory past, OnTimerContext context) {
    if (isEventTime
        && past.held == 0
        && EventTimeTtl.isOver(
            context.timerService(), timestamp, past.lastSeenMillis, model.userTtl())) {
      history.clear();
    }
  }

  private void release(UserHistory past, Context context, Collector<RecommendationList> out)
      throws Exception {
    if (!held.isOpen(context.timerService())) {
      held.lookAgain(context.timerService());
      return;
    }
    for (Interaction interaction : held.take(past)) {
      process(interaction, past, context, out);
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    training.snapshot();
    neighbors.snapshot();
    trends.snapshot();
    graph.snapshot();
    if (judging != null) {
      judging.snapshot();
    } else {
      // Sums of an earlier run, of an evaluation that was since left out.
      pendingEvaluation.clear();
    }
  }

  @Override
  public void close() {
    try {
      if (ranking != null) {
        ranking.close();
      }
    } finally {
      if (training != null) {
        training.close();
      }
    }
  }
}
