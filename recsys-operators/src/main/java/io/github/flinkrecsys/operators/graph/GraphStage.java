/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.graph;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.graph.Edges;
import io.github.flinkrecsys.core.graph.GraphEdgeBuffer;
import io.github.flinkrecsys.core.graph.GraphEdges;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.operators.replica.ReplicaUpdate;
import io.github.flinkrecsys.operators.replica.SharedReplica;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/**
 * The part of a user-side operator that adds edges to the graph of users and items: in the replica
 * at once, and gathered for everybody else. What is gathered is operator state ({@value #PENDING}).
 * Belongs to one subtask.
 */
public final class GraphStage {
  static final String PENDING = "pending-edges";

  private final ListState<GraphEdges> state;
  private final SharedReplica.Lease replica;
  private final GraphEdgeBuffer pending = new GraphEdgeBuffer();

  private GraphStage(ListState<GraphEdges> state, SharedReplica.Lease replica) {
    this.state = state;
    this.replica = replica;
  }

  /**
   * Gets the state of what is pending; to be called from {@code initializeState}.
   *
   * @param context of the function
   * @return the state, for {@link #open}
   * @throws Exception if the state backend fails
   */
  public static ListState<GraphEdges> pendingState(FunctionInitializationContext context)
      throws Exception {
    return context
        .getOperatorStateStore()
        .getListState(new ListStateDescriptor<>(PENDING, GraphEdges.class));
  }

  /**
   * Opens the stage: takes up what was pending at the checkpoint.
   *
   * @param state of {@link #pendingState}
   * @param replica that is ready, held by the caller
   * @return the stage
   * @throws Exception if the state cannot be read
   */
  public static GraphStage open(ListState<GraphEdges> state, SharedReplica.Lease replica)
      throws Exception {
    GraphStage stage = new GraphStage(state, replica);
    for (GraphEdges edges : state.get()) {
      replica.graph().addAll(edges, node -> true);
      for (int i = 0; i < edges.stamps().length; i++) {
        stage.pending.add(edges.users()[i], edges.items()[i], edges.stamps()[i]);
      }
    }
    return stage;
  }

  /**
   * Adds the edge of an interaction.
   *
   * @param interaction valid
   * @param confidence how much it counts; nothing happens if it is 0 or the item is not admitted
   */
  public void learn(Interaction interaction, float confidence) {
    if (!replica.graph().config().isOn()
        || confidence == 0
        || replica.items().slot(interaction.itemId()) < 0) {
      return;
    }
    long user = Hashes.hash(interaction.userId());
    long item = Hashes.hash(interaction.itemId());
    long stamp = Edges.stamp(interaction.timestampMillis(), confidence);
    replica.graph().add(user, item, stamp);
    pending.add(user, item, stamp);
  }

  /**
   * Sends what is gathered.
   *
   * @param out receives everything once
   */
  public void flush(Consumer<ReplicaUpdate> out) {
    if (!pending.isEmpty()) {
      out.accept(ReplicaUpdate.of(pending.copy(replica.origin())));
      pending.clear();
    }
  }

  /**
   * Writes what is gathered into the checkpoint.
   *
   * @throws Exception if the state backend fails
   */
  public void snapshot() throws Exception {
    state.update(pending.isEmpty() ? List.of() : List.of(pending.copy(replica.origin())));
  }
}
