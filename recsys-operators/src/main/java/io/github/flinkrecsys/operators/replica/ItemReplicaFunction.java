/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.replica;

import io.github.flinkrecsys.core.event.Interactions;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.util.MetricNames;
import io.github.flinkrecsys.operators.util.ReasonCounters;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.OperatorStateStore;
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
 * of the barrier. Co-occurrences and blend weights are treated alike; the share of the latter is
 * the first subtask's. Closed sessions and the graph have no sums: an index that is ahead of the
 * barrier takes a session or an edge again after a restore, and remembers it once.
 *
 * <p>State: union lists {@value #SUMS}, {@value #NEIGHBORS}, {@value #BLEND}, {@value #METADATA},
 * {@value #SESSIONS}, {@value #TRENDS}, {@value #MODELS} and {@value #GRAPH}. On restore each task
 * manager reads the whole list and has every item exactly as of the checkpoint before its user side
 * starts.
 */
public final class ItemReplicaFunction extends ProcessFunction<ReplicaUpdate, Void>
    implements CheckpointedFunction {
  static final String SUMS = "item-sums";
  static final String NEIGHBORS = "item-neighbors";
  static final String BLEND = "blend-weights";
  static final String METADATA = "item-metadata";
  static final String SESSIONS = "closed-sessions";
  static final String TRENDS = "trends";
  static final String GRAPH = "graph-nodes";
  static final String MODELS = "offline-models";

  /** Bound of an element of state with many items. */
  static final int ITEMS_PER_ELEMENT = 1024;

  private static final long serialVersionUID = 1L;

  private final ReplicaSettings settings;

  private transient SharedReplica.Lease replica;
  private transient ItemPart items;
  private transient NeighborPart neighbors;
  private transient BlendPart blend;
  private transient MetadataPart metadata;
  private transient TrendPart trends;
  private transient OfflineModelPart models;
  private transient SessionPart sessions;
  private transient GraphPart graph;
  private transient List<ReplicaPart<?>> parts;
  private transient Counter foreignItems;
  private transient Counter itemsNotAdmitted;
  private transient Counter deadLetters;
  private transient ReasonCounters reasons;
  private transient volatile long lagMillis;

  /**
   * Makes the function.
   *
   * @param settings which replica
   */
  public ItemReplicaFunction(ReplicaSettings settings) {
    this.settings = Checks.notNull("settings", settings);
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    replica = SharedReplica.openWriter(settings, getRuntimeContext());
    TaskInfo task = getRuntimeContext().getTaskInfo();
    ReplicaShare share =
        new ReplicaShare(replica, task.getIndexOfThisSubtask(), task.getNumberOfParallelSubtasks());
    OperatorStateStore store = context.getOperatorStateStore();
    items = new ItemPart(share, store, SUMS);
    neighbors = new NeighborPart(share, store, NEIGHBORS, settings);
    blend = new BlendPart(share, store, BLEND);
    metadata = new MetadataPart(share, store, METADATA);
    trends = new TrendPart(share, store, TRENDS, settings);
    models = new OfflineModelPart(share, store, MODELS);
    sessions = new SessionPart(share, store, SESSIONS);
    graph = new GraphPart(share, store, GRAPH);
    parts = List.of(items, neighbors, blend, metadata, trends, models, sessions, graph);
    if (context.isRestored()) {
      for (ReplicaPart<?> part : parts) {
        part.restore();
      }
    }
    if (replica.leads()) {
      replica.markReady();
    }
  }

  @Override
  public void open(OpenContext openContext) {
    MetricGroup metrics = getRuntimeContext().getMetricGroup();
    foreignItems = metrics.counter(MetricNames.FOREIGN_ITEMS);
    itemsNotAdmitted = metrics.counter(MetricNames.ITEMS_NOT_ADMITTED);
    deadLetters = metrics.counter(MetricNames.DEAD_LETTERS);
    reasons = new ReasonCounters(metrics);
    metrics.gauge(MetricNames.REPLICA_LAG_MILLIS, () -> lagMillis);
    metrics.gauge(MetricNames.MODEL_VERSION, () -> replica.offline().loadedVersion());
    metrics.gauge(MetricNames.TRENDS_WITHOUT_CATEGORY, () -> replica.trends().withoutCategory());
    metrics.gauge(MetricNames.REPLICA_ITEMS, () -> replica.items().size());
    metrics.gauge(MetricNames.REPLICA_BYTES, () -> replica.items().bytes());
    metrics.gauge(MetricNames.NEIGHBOR_BYTES, () -> replica.neighbors().bytes());
    metrics.gauge(MetricNames.SESSION_BYTES, () -> replica.sessions().bytes());
    metrics.gauge(MetricNames.GRAPH_BYTES, () -> replica.graph().bytes());
    metrics.gauge(MetricNames.GRAPH_EDGES, () -> replica.graph().edgeCount());
  }

  @Override
  public void processElement(ReplicaUpdate update, Context context, Collector<Void> out) {
    if (update.deltas() != null) {
      add(update.deltas());
    }
    if (update.coOccurrences() != null) {
      neighbors.count(update.coOccurrences());
    }
    if (update.blend() != null) {
      blend.add(update.blend());
    }
    if (update.metadata() != null) {
      put(update.metadata(), context);
    }
    if (update.trends() != null) {
      trends.add(update.trends());
    }
    if (update.model() != null) {
      // Items first, so that whoever sees a model as loaded finds them.
      add(update.model().deltas());
      models.count(update.model());
    }
    if (update.edges() != null) {
      graph.connect(update.edges());
    }
    if (update.session() != null) {
      sessions.add(update.session());
    }
  }

  private void add(ItemDeltas deltas) {
    boolean isForeign = items.add(deltas);
    neighbors.recount(deltas);
    if (isForeign) {
      foreignItems.inc(deltas.itemIds().length);
      lagMillis = System.currentTimeMillis() - deltas.gatheredAtMillis();
    }
  }

  private void put(ItemMetadata update, Context context) {
    String violation = Interactions.violation(update);
    if (violation != null) {
      deadLetters.inc();
      reasons.inc(violation);
      context.output(
          DeadLetter.TAG,
          DeadLetter.of("item-replica", violation, update, DeadLetter.UNKNOWN_TIMESTAMP));
    } else if (metadata.put(update)) {
      itemsNotAdmitted.inc();
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    for (ReplicaPart<?> part : parts) {
      part.snapshot();
    }
  }

  @Override
  public void close() {
    if (replica != null) {
      replica.close();
    }
  }
}
