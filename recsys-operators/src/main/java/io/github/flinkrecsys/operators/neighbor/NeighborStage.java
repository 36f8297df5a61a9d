/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.neighbor;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.neighbor.CoOccurrenceBuffer;
import io.github.flinkrecsys.core.neighbor.CoOccurrences;
import io.github.flinkrecsys.core.neighbor.RecentItems;
import io.github.flinkrecsys.core.ranking.BlendDeltas;
import io.github.flinkrecsys.core.ranking.BlendWeights;
import io.github.flinkrecsys.operators.replica.ReplicaUpdate;
import io.github.flinkrecsys.operators.replica.SharedReplica;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/**
 * The part of a user-side operator that counts which items follow which: in the replica at once,
 * and gathered for everybody else, together with what was learned about blend weights.
 *
 * <p>What is gathered is operator state ({@value #PENDING}, {@value #PENDING_BLEND}). Belongs to
 * one subtask.
 */
public final class NeighborStage {
  static final String PENDING = "pending-co-occurrences";
  static final String PENDING_BLEND = "pending-blend-weights";

  private final Pending state;
  private final SharedReplica.Lease replica;
  private final CoOccurrenceBuffer pending;
  private final BlendWeights pendingBlend = new BlendWeights();
  private final int[] recentSlots;
  private long gatheredAtMillis;

  /**
   * State of what was gathered and not sent.
   *
   * @param coOccurrences to be counted
   * @param blend changes of weights
   */
  public record Pending(ListState<CoOccurrences> coOccurrences, ListState<BlendDeltas> blend) {}

  private NeighborStage(Pending state, SharedReplica.Lease replica) {
    this.state = state;
    this.replica = replica;
    this.pending = new CoOccurrenceBuffer(replica.items());
    this.recentSlots = new int[replica.neighbors().config().window()];
  }

  /**
   * Gets the state of what is pending; to be called from {@code initializeState}.
   *
   * @param context of the function
   * @return the state, for {@link #open}
   * @throws Exception if the state backend fails
   */
  public static Pending pendingState(FunctionInitializationContext context) throws Exception {
    return new Pending(
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>(PENDING, CoOccurrences.class)),
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>(PENDING_BLEND, BlendDeltas.class)));
  }

  /**
   * Opens the stage: takes up what was pending at the checkpoint.
   *
   * @param state of {@link #pendingState}
   * @param replica that is ready, held by the caller
   * @return the stage
   * @throws Exception if the state cannot be read
   */
  public static NeighborStage open(Pending state, SharedReplica.Lease replica) throws Exception {
    NeighborStage stage = new NeighborStage(state, replica);
    for (CoOccurrences batch : state.coOccurrences().get()) {
      replica.neighbors().learn(batch, slot -> true);
      stage.pending.addAll(batch);
      stage.gatheredAtMillis = batch.gatheredAtMillis();
    }
    for (BlendDeltas deltas : state.blend().get()) {
      replica.blend().add(deltas);
      stage.pendingBlend.add(deltas);
    }
    return stage;
  }

  /**
   * Counts one interaction.
   *
   * @param interaction valid
   * @param confidence how much it counts; nothing happens if it is 0 or the item is not admitted
   * @param recent the user's recent items, this one not yet among them
   */
  public void learn(Interaction interaction, float confidence, RecentItems recent) {
    if (confidence == 0 || replica.neighbors().config().maxNeighbors() == 0) {
      return;
    }
    int slot = replica.items().slot(interaction.itemId());
    if (slot < 0) {
      return;
    }
    long at = interaction.timestampMillis();
    int count = replica.neighbors().slotsOf(recent, recentSlots);
    // Without a pair too: the item counts more than before.
    replica.neighbors().learn(slot, recentSlots, count, confidence, at);
    if (count == 0) {
      return;
    }
    if (pending.isEmpty()) {
      gatheredAtMillis = System.currentTimeMillis();
    }
    pending.add(slot, recentSlots, count, confidence, at);
  }

  /**
   * Gives where changes of blend weights are gathered.
   *
   * @return what was learned since the last flush
   */
  public BlendWeights unsentBlend() {
    return pendingBlend;
  }

  /**
   * Sends what is gathered.
   *
   * @param out receives everything once
   */
  public void flush(Consumer<ReplicaUpdate> out) {
    if (!pending.isEmpty()) {
      out.accept(ReplicaUpdate.of(pending.copy(replica.origin(), gatheredAtMillis)));
      pending.clear();
    }
    if (!pendingBlend.isEmpty()) {
      out.accept(ReplicaUpdate.of(pendingBlend.copy(replica.origin())));
      pendingBlend.clear();
    }
  }

  /**
   * Writes what is gathered into the checkpoint.
   *
   * @throws Exception if the state backend fails
   */
  public void snapshot() throws Exception {
    state
        .coOccurrences()
        .update(
            pending.isEmpty()
                ? List.of()
                : List.of(pending.copy(replica.origin(), gatheredAtMillis)));
    state
        .blend()
        .update(pendingBlend.isEmpty() ? List.of() : List.of(pendingBlend.copy(replica.origin())));
  }
}
