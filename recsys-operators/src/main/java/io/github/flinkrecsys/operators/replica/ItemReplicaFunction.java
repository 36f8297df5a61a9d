/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.replica;

import io.github.flinkrecsys.core.event.Interactions;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.replica.ItemDeltaBuffer;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import io.github.flinkrecsys.operators.event.DeadLetter;
import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Writes the task manager's replica. Its input is broadcast: every subtask receives every update.
 *
 * <p>Two things are done with a batch of deltas. The leading subtask of a task manager adds it to
 * the replica, unless it comes from this very replica, where the user side has added it already.
 * And every subtask adds the items of its own share (1 in {@code parallelism}, by hash) to sums of
 * its own, which are what checkpoints hold. The replica itself is never checkpointed: it runs ahead
 * of the barrier.
 *
 * <p>State: union lists {@value #SUMS} and {@value #METADATA}. On restore each task manager reads
 * the whole list and has every item exactly as of the checkpoint before its user side starts.
 */
public final class ItemReplicaFunction extends ProcessFunction<ReplicaUpdate, Void>
    implements CheckpointedFunction {
  static final String SUMS = "item-sums";
  static final String METADATA = "item-metadata";

  private static final long serialVersionUID = 1L;
  private static final int ITEMS_PER_ELEMENT = 1024;

  private final ReplicaSettings settings;

  private transient SharedReplica.Lease replica;
  private transient ItemDeltaBuffer ownSums;
  private transient Int2ObjectOpenHashMap<ItemMetadata> ownMetadata;
  private transient ListState<ItemDeltas> sumsState;
  private transient ListState<ItemMetadata> metadataState;
  private transient int subtask;
  private transient int subtasks;
  private transient Counter foreignItems;
  private transient Counter itemsNotAdmitted;
  private transient Counter deadLetters;
  private transient volatile long lagMillis;

  /**
   * Makes the function.
   *
   * @param settings which replica
   */
  public ItemReplicaFunction(ReplicaSettings settings) {
    this.settings = settings;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    sumsState =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>(SUMS, ItemDeltas.class));
    metadataState =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>(METADATA, ItemMetadata.class));
    subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
    replica = SharedReplica.openWriter(settings, getRuntimeContext());
    ownSums = new ItemDeltaBuffer(replica.items());
    ownMetadata = new Int2ObjectOpenHashMap<>();
    if (context.isRestored()) {
      restore();
    }
    if (replica.leads()) {
      replica.markReady();
    }
  }

  private void restore() throws Exception {
    for (ItemDeltas sums : sumsState.get()) {
      if (replica.leads()) {
        replica.items().addAll(sums);
      }
      ownSums.addShare(sums, subtask, subtasks);
    }
    for (ItemMetadata metadata : metadataState.get()) {
      if (replica.leads()) {
        replica.items().putMetadata(metadata);
      }
      keepIfOwn(metadata);
    }
  }

  @Override
  public void open(OpenContext openContext) {
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    foreignItems = metrics.counter("foreignItems");
    itemsNotAdmitted = metrics.counter("itemsNotAdmitted");
    deadLetters = metrics.counter("deadLetters");
    metrics.gauge("replicaLagMillis", () -> lagMillis);
    metrics.gauge("replicaItems", () -> replica.items().size());
  }

  @Override
  public void processElement(ReplicaUpdate update, Context context, Collector<Void> out) {
    if (update.deltas() != null) {
      add(update.deltas());
    }
    if (update.metadata() != null) {
      put(update.metadata(), context);
    }
  }

  private void add(ItemDeltas deltas) {
    if (replica.leads() && deltas.origin() != replica.origin()) {
      replica.items().addAll(deltas);
      foreignItems.inc(deltas.itemIds().length);
      lagMillis = System.currentTimeMillis() - deltas.gatheredAtMillis();
    }
    ownSums.addShare(deltas, subtask, subtasks);
  }

  private void put(ItemMetadata metadata, Context context) {
    String violation = Interactions.violation(metadata);
    if (violation != null) {
      deadLetters.inc();
      context.output(
          DeadLetter.TAG,
          DeadLetter.of("item-replica", violation, metadata, DeadLetter.UNKNOWN_TIMESTAMP));
      return;
    }
    if (replica.leads() && !replica.items().putMetadata(metadata)) {
      itemsNotAdmitted.inc();
    }
    keepIfOwn(metadata);
  }

  private void keepIfOwn(ItemMetadata metadata) {
    int slot = replica.items().admit(metadata.itemId());
    if (slot >= 0 && ItemDeltaBuffer.share(replica.items().idHash(slot), subtasks) == subtask) {
      if (metadata.replaces(ownMetadata.get(slot))) {
        ownMetadata.put(slot, metadata);
      }
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    sumsState.update(ownSums.copy(0, 0, ITEMS_PER_ELEMENT));
    List<ItemMetadata> metadata = new ArrayList<>(ownMetadata.values());
    metadataState.update(metadata);
  }

  @Override
  public void close() {
    if (replica != null) {
      replica.close();
    }
  }
}
