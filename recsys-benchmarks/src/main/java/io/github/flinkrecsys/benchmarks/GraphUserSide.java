/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.benchmarks;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.graph.GraphEdges;
import io.github.flinkrecsys.operators.factorization.ModelSettings;
import io.github.flinkrecsys.operators.graph.GraphStage;
import io.github.flinkrecsys.operators.replica.ReplicaUpdate;
import io.github.flinkrecsys.operators.replica.SharedReplica;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * What the recommender does for the graph, without all else that it does: admits the item, adds the
 * edge to the replica, and sends what it has gathered with each flush.
 */
final class GraphUserSide extends KeyedProcessFunction<String, Interaction, ReplicaUpdate>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;

  private final ModelSettings model;

  private transient ListState<GraphEdges> pending;
  private transient SharedReplica.Lease replica;
  private transient GraphStage graph;
  private transient int eventsPending;
  private transient boolean isTimed;

  GraphUserSide(ModelSettings model) {
    this.model = model;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    pending = GraphStage.pendingState(context);
  }

  @Override
  public void open(OpenContext openContext) throws Exception {
    replica = SharedReplica.openReader(model.replica(), getRuntimeContext(), "learner");
    graph = GraphStage.open(pending, replica);
  }

  @Override
  public void processElement(
      Interaction interaction, Context context, Collector<ReplicaUpdate> out) {
    replica.items().admit(interaction.itemId());
    graph.learn(interaction, model.factors().confidence().of(interaction.type()));
    boolean isDue = ++eventsPending >= model.flush().maxEvents() && !replica.servesWholeJob();
    if (isDue) {
      flush(out);
    } else if (!isTimed) {
      long now = context.timerService().currentProcessingTime();
      context.timerService().registerProcessingTimeTimer(now + model.flush().maxDelay().toMillis());
      isTimed = true;
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ReplicaUpdate> out) {
    isTimed = false;
    flush(out);
  }

  private void flush(Collector<ReplicaUpdate> out) {
    graph.flush(out::collect);
    eventsPending = 0;
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    graph.snapshot();
  }

  @Override
  public void close() {
    if (replica != null) {
      replica.close();
    }
  }
}
