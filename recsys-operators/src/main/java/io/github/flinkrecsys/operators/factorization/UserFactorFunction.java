/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.factorization;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.factorization.UserFactors;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.event.DeadLetter;
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
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Learns a user's factors from each interaction and gathers what it means for items. Keyed by user.
 *
 * <p>Out: {@link ItemDeltas}, for {@link ItemFactorFunction} (through {@link ItemDeltaSplitter})
 * and for the replicas. Side outputs: {@link #USER_FACTORS} and {@link DeadLetter#TAG}.
 *
 * <p>Late interactions are learned from like others: a sum has no window. State: {@value #STATE}
 * per user, freed after {@link ModelSettings#userTtl} of event time; pending deltas as operator
 * state.
 */
public final class UserFactorFunction extends KeyedProcessFunction<String, Interaction, ItemDeltas>
    implements CheckpointedFunction {
  /** The user's factors after each interaction. */
  public static final OutputTag<UserFactor> USER_FACTORS =
      new OutputTag<>("recsys-user-factors", TypeInformation.of(UserFactor.class));

  static final String STATE = "user-factor";

  private static final long serialVersionUID = 1L;

  private final ModelSettings model;
  private final boolean emitUserFactors;

  private transient ListState<ItemDeltas> pendingState;
  private transient FactorStage stage;
  private transient ValueState<UserFactors> state;
  private transient Counter deadLetters;
  private transient ReasonCounters reasons;
  private transient KeyCounters keys;

  /**
   * Makes the function.
   *
   * @param model settings
   * @param emitUserFactors whether {@link #USER_FACTORS} is wanted
   */
  public UserFactorFunction(ModelSettings model, boolean emitUserFactors) {
    this.model = Checks.notNull("model", model);
    this.emitUserFactors = emitUserFactors;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    pendingState = FactorStage.pendingState(context);
  }

  @Override
  public void open(OpenContext openContext) throws Exception {
    state = getRuntimeContext().getState(new ValueStateDescriptor<>(STATE, UserFactors.class));
    keys = KeyCounters.in(getRuntimeContext().getMetricGroup());
    deadLetters = getRuntimeContext().getMetricGroup().counter(MetricNames.DEAD_LETTERS);
    reasons = new ReasonCounters(getRuntimeContext().getMetricGroup());
    stage = FactorStage.open(model, pendingState, getRuntimeContext());
  }

  @Override
  public void processElement(Interaction interaction, Context context, Collector<ItemDeltas> out)
      throws Exception {
    String violation = model.violation(interaction);
    if (violation != null) {
      deadLetters.inc();
      reasons.inc(violation);
      context.output(DeadLetter.TAG, DeadLetter.of("user-factor", violation, interaction, -1));
      return;
    }
    if (!model.learnsFrom(interaction)) {
      return;
    }
    UserFactors user = state.value();
    if (user == null) {
      keys.added().inc();
      user = stage.newUser(interaction.userId());
      EventTimeTtl.start(context.timerService(), interaction.timestampMillis(), model.userTtl());
    }
    stage.learn(interaction, user);
    state.update(user);
    if (emitUserFactors) {
      context.output(
          USER_FACTORS,
          new UserFactor(
              interaction.userId(),
              user.vector.clone(),
              user.steps,
              interaction.itemId(),
              interaction.timestampMillis()));
    }
    if (stage.isFlushDue()) {
      stage.flush(out::collect);
    } else {
      stage.setTimer(context.timerService());
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ItemDeltas> out)
      throws Exception {
    stage.flush(out::collect);
    if (context.timeDomain() == TimeDomain.EVENT_TIME) {
      UserFactors user = state.value();
      if (user != null
          && EventTimeTtl.isOver(
              context.timerService(), timestamp, user.lastSeenMillis, model.userTtl())) {
        state.clear();
        keys.freed().inc();
      }
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    stage.snapshot();
  }

  @Override
  public void close() {
    if (stage != null) {
      stage.close();
    }
  }
}
