/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.catalog;

import io.github.flinkrecsys.core.catalog.TrendCounts;
import io.github.flinkrecsys.core.catalog.Trends;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.operators.replica.ReplicaUpdate;
import io.github.flinkrecsys.operators.replica.SharedReplica;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/**
 * The part of a user-side operator that counts what trends: in the replica at once, and gathered
 * for everybody else. What is gathered is operator state ({@value #PENDING}). Belongs to one
 * subtask.
 */
public final class TrendStage {
  static final String PENDING = "pending-trends";

  private final ListState<TrendCounts> state;
  private final SharedReplica.Lease replica;
  private final Trends pending;

  private TrendStage(ListState<TrendCounts> state, SharedReplica.Lease replica) {
    this.state = state;
    this.replica = replica;
    this.pending = new Trends(replica.trends().config(), replica.items());
  }

  /**
   * Gets the state of what is pending; to be called from {@code initializeState}.
   *
   * @param context of the function
   * @return the state, for {@link #open}
   * @throws Exception if the state backend fails
   */
  public static ListState<TrendCounts> pendingState(FunctionInitializationContext context)
      throws Exception {
    return context
        .getOperatorStateStore()
        .getListState(new ListStateDescriptor<>(PENDING, TrendCounts.class));
  }

  /**
   * Opens the stage: takes up what was pending at the checkpoint.
   *
   * @param state of {@link #pendingState}
   * @param replica that is ready, held by the caller
   * @return the stage
   * @throws Exception if the state cannot be read
   */
  public static TrendStage open(ListState<TrendCounts> state, SharedReplica.Lease replica)
      throws Exception {
    TrendStage stage = new TrendStage(state, replica);
    for (TrendCounts counts : state.get()) {
      replica.trends().addAll(counts, slot -> true);
      stage.pending.addAll(counts, slot -> true);
    }
    return stage;
  }

  /**
   * Counts one interaction.
   *
   * @param interaction valid
   * @param confidence how much it counts; nothing happens if it is 0 or the item is not admitted
   */
  public void learn(Interaction interaction, float confidence) {
    int slot = replica.items().slot(interaction.itemId());
    if (slot >= 0) {
      replica.trends().learn(slot, confidence, interaction.timestampMillis());
      pending.learn(slot, confidence, interaction.timestampMillis());
    }
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
