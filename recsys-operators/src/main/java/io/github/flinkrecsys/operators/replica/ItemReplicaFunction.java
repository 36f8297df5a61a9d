/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.replica;

import io.github.flinkrecsys.core.catalog.TrendCounts;
import io.github.flinkrecsys.core.catalog.Trends;
import io.github.flinkrecsys.core.event.Interactions;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.graph.GraphEdges;
import io.github.flinkrecsys.core.graph.GraphNode;
import io.github.flinkrecsys.core.graph.InteractionGraph;
import io.github.flinkrecsys.core.neighbor.CoOccurrences;
import io.github.flinkrecsys.core.neighbor.IndexedSession;
import io.github.flinkrecsys.core.neighbor.ItemNeighbors;
import io.github.flinkrecsys.core.neighbor.NeighborRows;
import io.github.flinkrecsys.core.ranking.BlendDeltas;
import io.github.flinkrecsys.core.ranking.BlendWeights;
import io.github.flinkrecsys.core.replica.ItemDeltaBuffer;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import io.github.flinkrecsys.core.replica.ModelDeltas;
import io.github.flinkrecsys.core.replica.ModelItems;
import io.github.flinkrecsys.core.replica.ModelProgress;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.util.MetricNames;
import io.github.flinkrecsys.operators.util.ReasonCounters;
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
 * of the barrier. Co-occurrences and blend weights are treated alike; the share of the latter is
 * the first subtask's. Closed sessions have no sums: an index that is ahead of the barrier takes
 * the same session again after a restore, and remembers it once. So does the graph with an edge;
 * the leading subtask adds foreign edges for the replica, every subtask those of its share, since
 * its checkpoint needs what lies before its own barrier.
 *
 * <p>State: union lists {@value #SUMS}, {@value #NEIGHBORS}, {@value #BLEND}, {@value #METADATA}
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

  private static final long serialVersionUID = 1L;
  private static final int ITEMS_PER_ELEMENT = 1024;

  private final ReplicaSettings settings;

  private transient SharedReplica.Lease replica;
  private transient ItemDeltaBuffer ownSums;
  private transient ItemNeighbors ownNeighbors;
  private transient BlendWeights ownBlend;
  private transient Int2ObjectOpenHashMap<ItemMetadata> ownMetadata;
  private transient ListState<ItemDeltas> sumsState;
  private transient ListState<NeighborRows> neighborsState;
  private transient ListState<BlendDeltas> blendState;
  private transient ListState<ItemMetadata> metadataState;
  private transient ListState<IndexedSession> sessionsState;
  private transient ListState<TrendCounts> trendsState;
  private transient ListState<ModelItems> modelsState;
  private transient ListState<GraphNode> graphState;
  private transient Trends ownTrends;
  private transient ModelProgress ownModels;
  private transient int subtask;
  private transient int subtasks;
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
    sumsState =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>(SUMS, ItemDeltas.class));
    neighborsState =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>(NEIGHBORS, NeighborRows.class));
    blendState =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>(BLEND, BlendDeltas.class));
    metadataState =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>(METADATA, ItemMetadata.class));
    sessionsState =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>(SESSIONS, IndexedSession.class));
    trendsState =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>(TRENDS, TrendCounts.class));
    modelsState =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>(MODELS, ModelItems.class));
    graphState =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>(GRAPH, GraphNode.class));
    subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
    replica = SharedReplica.openWriter(settings, getRuntimeContext());
    ownSums = new ItemDeltaBuffer(replica.items());
    ownNeighbors = new ItemNeighbors(settings.neighbors(), replica.items(), settings.decay());
    ownBlend = new BlendWeights();
    ownTrends = new Trends(settings.catalog(), replica.items());
    ownModels = new ModelProgress();
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
    for (NeighborRows rows : neighborsState.get()) {
      if (replica.leads()) {
        replica.neighbors().restore(rows, slot -> true);
      }
      ownNeighbors.restore(rows, this::isOwn);
    }
    for (BlendDeltas sums : blendState.get()) {
      if (replica.leads()) {
        replica.blend().add(sums);
      }
      keepIfFirst(sums);
    }
    for (ItemMetadata metadata : metadataState.get()) {
      if (replica.leads()) {
        putIntoReplica(metadata);
      }
      keepIfOwn(metadata);
    }
    for (TrendCounts counts : trendsState.get()) {
      if (replica.leads()) {
        replica.trends().addAll(counts, slot -> true);
      }
      ownTrends.addAll(counts, this::isOwn);
    }
    for (ModelItems part : modelsState.get()) {
      if (replica.leads()) {
        replica.offline().add(part);
      }
      // Nobody can tell which items they were, but only their sum matters.
      if (subtask == 0) {
        ownModels.add(part);
      }
    }
    if (replica.leads()) {
      for (IndexedSession session : sessionsState.get()) {
        replica.sessions().add(session);
      }
      for (GraphNode node : graphState.get()) {
        replica.graph().restore(node);
      }
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
      count(update.coOccurrences());
    }
    if (update.blend() != null) {
      if (isForeign(update.blend().origin())) {
        replica.blend().add(update.blend());
      }
      keepIfFirst(update.blend());
    }
    if (update.metadata() != null) {
      put(update.metadata(), context);
    }
    if (update.trends() != null) {
      if (isForeign(update.trends().origin())) {
        replica.trends().addAll(update.trends(), slot -> true);
      }
      ownTrends.addAll(update.trends(), this::isOwn);
    }
    if (update.model() != null) {
      move(update.model());
    }
    if (update.edges() != null) {
      connect(update.edges());
    }
    if (update.session() != null) {
      // Every subtask, since a checkpoint needs what lies before its own barrier. The index takes a
      // session once.
      replica.sessions().add(update.session());
    }
  }

  private void add(ItemDeltas deltas) {
    if (isForeign(deltas.origin())) {
      replica.items().addAll(deltas);
      foreignItems.inc(deltas.itemIds().length);
      lagMillis = System.currentTimeMillis() - deltas.gatheredAtMillis();
    }
    ownSums.addShare(deltas, subtask, subtasks);
  }

  private void move(ModelDeltas model) {
    add(model.deltas());
    if (replica.leads()) {
      // After the items, so that whoever sees a model as loaded finds them.
      replica.offline().add(model.arrived());
    }
    int own = 0;
    for (String itemId : model.deltas().itemIds()) {
      own += ItemDeltaBuffer.share(Hashes.hash(itemId), subtasks) == subtask ? 1 : 0;
    }
    if (own > 0) {
      ownModels.add(new ModelItems(model.version(), model.items(), own));
    }
  }

  private void connect(GraphEdges edges) {
    if (isForeign(edges.origin())) {
      replica.graph().addAll(edges, node -> true);
    } else if (edges.origin() != replica.origin()) {
      replica.graph().addAll(edges, node -> InteractionGraph.share(node, subtasks) == subtask);
    }
  }

  private boolean isForeign(long origin) {
    return replica.leads() && origin != replica.origin();
  }

  private void count(CoOccurrences coOccurrences) {
    if (isForeign(coOccurrences.origin())) {
      replica.neighbors().learn(coOccurrences, slot -> true);
    }
    ownNeighbors.learn(coOccurrences, this::isOwn);
  }

  private void keepIfFirst(BlendDeltas sums) {
    if (subtask == 0) {
      ownBlend.add(sums);
    }
  }

  private boolean isOwn(int slot) {
    return ItemDeltaBuffer.share(replica.items().idHash(slot), subtasks) == subtask;
  }

  private void put(ItemMetadata metadata, Context context) {
    String violation = Interactions.violation(metadata);
    if (violation != null) {
      deadLetters.inc();
      reasons.inc(violation);
      context.output(
          DeadLetter.TAG,
          DeadLetter.of("item-replica", violation, metadata, DeadLetter.UNKNOWN_TIMESTAMP));
      return;
    }
    if (replica.leads() && !putIntoReplica(metadata)) {
      itemsNotAdmitted.inc();
    }
    keepIfOwn(metadata);
  }

  private boolean putIntoReplica(ItemMetadata metadata) {
    int slot = replica.items().admit(metadata.itemId());
    if (slot < 0) {
      return false;
    }
    ItemMetadata before = replica.items().metadata(slot);
    replica.items().putMetadata(metadata);
    replica.models().content().put(slot, before, replica.items().metadata(slot));
    return true;
  }

  private void keepIfOwn(ItemMetadata metadata) {
    int slot = replica.items().admit(metadata.itemId());
    if (slot >= 0 && isOwn(slot)) {
      if (metadata.replaces(ownMetadata.get(slot))) {
        ownMetadata.put(slot, metadata);
      }
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    sumsState.update(ownSums.copy(0, 0, ITEMS_PER_ELEMENT));
    neighborsState.update(ownNeighbors.copy(this::isOwn, ITEMS_PER_ELEMENT));
    blendState.update(ownBlend.isEmpty() ? List.of() : List.of(ownBlend.copy(replica.origin())));
    List<ItemMetadata> metadata = new ArrayList<>(ownMetadata.values());
    metadataState.update(metadata);
    trendsState.update(ownTrends.isEmpty() ? List.of() : List.of(ownTrends.copy(replica.origin())));
    modelsState.update(ownModels.copy());
    graphState.update(replica.graph().nodes(subtask, subtasks));
    sessionsState.update(replica.sessions().sessions(subtask, subtasks));
  }

  @Override
  public void close() {
    if (replica != null) {
      replica.close();
    }
  }
}
