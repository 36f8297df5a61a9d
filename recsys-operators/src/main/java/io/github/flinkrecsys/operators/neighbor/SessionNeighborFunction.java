/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.neighbor;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.Interactions;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.neighbor.NextItem;
import io.github.flinkrecsys.core.neighbor.SessionNeighborConfig;
import io.github.flinkrecsys.core.neighbor.SessionNeighbors;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.core.ranking.Sources;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.replica.ReplicaSettings;
import io.github.flinkrecsys.operators.replica.SharedReplica;
import io.github.flinkrecsys.operators.util.EventTimeTtl;
import io.github.flinkrecsys.operators.util.KeyCounters;
import io.github.flinkrecsys.operators.util.MetricNames;
import io.github.flinkrecsys.operators.util.ReasonCounters;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Next items for a session that goes on, after each of its interactions, from the sessions that
 * resemble it: VMIS-kNN. Key: the user or session. A list is empty if no remembered session has an
 * item of this one.
 *
 * <p>The sessions are those of the task manager's replica: an {@link
 * io.github.flinkrecsys.operators.replica.ItemReplicaFunction} of the same model must run beside
 * it, with closed sessions ({@link SessionsToReplica}) broadcast to it. Only sessions that had
 * closed by the time of the interaction are heard, so a replay sees no future.
 *
 * <p>Late interactions are answered like others. State: {@value #STATE} per key, freed after the
 * gap. Side output: {@link DeadLetter#TAG}.
 */
public final class SessionNeighborFunction
    extends KeyedProcessFunction<String, Interaction, RecommendationList> {
  static final String STATE = "open-session";

  private static final long serialVersionUID = 1L;

  private final ReplicaSettings settings;
  private final SessionNeighborConfig config;
  private final int k;
  private final Duration gap;

  private transient ValueState<OpenSessionItems> state;
  private transient SharedReplica.Lease replica;
  private transient SessionNeighbors neighbors;
  private transient Counter deadLetters;
  private transient ReasonCounters reasons;
  private transient KeyCounters keys;

  /**
   * Makes the function.
   *
   * @param settings of the replica that holds the sessions
   * @param config how sessions are compared
   * @param k items per list, 1 to {@link RecommendationRequest#MAX_K}
   * @param gap pause that ends a session
   */
  public SessionNeighborFunction(
      ReplicaSettings settings, SessionNeighborConfig config, int k, Duration gap) {
    this.settings = Checks.notNull("settings", settings);
    this.config = Checks.notNull("config", config);
    this.k = Checks.between("k", k, 1, RecommendationRequest.MAX_K);
    this.gap = Checks.positive("gap", gap);
    Checks.positive("sessions.maxSessions", settings.sessions().maxSessions());
  }

  @Override
  public void open(OpenContext openContext) throws Exception {
    state = getRuntimeContext().getState(new ValueStateDescriptor<>(STATE, OpenSessionItems.class));
    keys = KeyCounters.in(getRuntimeContext().getMetricGroup());
    deadLetters = getRuntimeContext().getMetricGroup().counter(MetricNames.DEAD_LETTERS);
    reasons = new ReasonCounters(getRuntimeContext().getMetricGroup());
    replica = SharedReplica.openReader(settings, getRuntimeContext(), "session-neighbors");
    neighbors = new SessionNeighbors(replica.sessions(), config);
  }

  @Override
  public void processElement(
      Interaction interaction, Context context, Collector<RecommendationList> out)
      throws Exception {
    String violation = Interactions.violation(interaction);
    if (violation != null) {
      deadLetters.inc();
      reasons.inc(violation);
      context.output(
          DeadLetter.TAG, DeadLetter.of("session-neighbors", violation, interaction, -1));
      return;
    }
    long at = interaction.timestampMillis();
    OpenSessionItems session = state.value();
    if (session == null) {
      session = new OpenSessionItems();
      keys.added().inc();
      EventTimeTtl.start(context.timerService(), at, gap);
    }
    session.add(interaction.itemId(), at, gap.toMillis(), config.maxLiveItems());
    state.update(session);
    List<NextItem> next =
        neighbors.nextItems(Arrays.asList(session.itemIds), k, at, at - gap.toMillis());
    ScoredItem[] items = new ScoredItem[next.size()];
    for (int i = 0; i < items.length; i++) {
      NextItem item = next.get(i);
      items[i] =
          new ScoredItem(
              item.itemId(), item.score(), Sources.SESSION_NEIGHBORS, item.becauseItemId());
    }
    out.collect(new RecommendationList(context.getCurrentKey(), at, 0, items));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<RecommendationList> out)
      throws Exception {
    OpenSessionItems session = state.value();
    if (session != null
        && EventTimeTtl.isOver(context.timerService(), timestamp, session.lastMillis, gap)) {
      state.clear();
      keys.freed().inc();
    }
  }

  @Override
  public void close() {
    if (replica != null) {
      replica.close();
    }
  }
}
