/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.graph;

import io.github.flinkrecsys.core.graph.EdgeDraw;
import io.github.flinkrecsys.core.graph.GraphConfig;
import io.github.flinkrecsys.core.graph.GraphNode;
import io.github.flinkrecsys.core.graph.NodeEdges;
import io.github.flinkrecsys.core.graph.WalkConfig;
import io.github.flinkrecsys.core.graph.WalkRandom;
import io.github.flinkrecsys.core.util.Checks;
import it.unimi.dsi.fastutil.ints.Int2IntLinkedOpenHashMap;
import java.util.Arrays;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * One side of the graph of users and items in keyed state, and one hop of the walks over it. Key:
 * hash of the node's id.
 *
 * <p>In: the edges of the node; {@link Walkers} that stand at it. Each walker draws an edge, and
 * those that draw the same one go on together, so a request sends no more records than it has
 * walks. Out: walkers at the neighbours. At a user a step ends: what was visited, and how many
 * walks end there, goes to {@link #VISITS}; the others go on to {@link WalkConfig#maxLength} steps.
 * The same question, by user, items and time, draws the same edges again.
 *
 * <p>Late edges count like others while they are in the window; others are counted in {@code
 * expiredEdges}. State: {@value KeyedNode#STATE}, at most {@link GraphConfig#edgesPerUser} or
 * {@link GraphConfig#edgesPerItem} edges, freed when the watermark is one window past the newest:
 * the lesser of the two inputs, so walkers must have one too, or be idle. At the end of a bounded
 * input every node that was not freed goes to {@link #NODES}. A batch frees none, and no subtask
 * knows the newest edge of all; cut by {@link GraphNode#since} to the window that ends there, or
 * put into an {@link io.github.flinkrecsys.core.graph.InteractionGraph}, nodes of a batch and of a
 * stream in any order are the same.
 */
public final class AdjacencyFunction
    extends KeyedCoProcessFunction<Long, GraphEdge, Walkers, Walkers> {
  /** Items that walks came past, and walks that ended. */
  public static final OutputTag<WalkVisit> VISITS =
      new OutputTag<>("recsys-walk-visits", TypeInformation.of(WalkVisit.class));

  /** The nodes that are held at the end of a bounded input. */
  public static final OutputTag<GraphNode> NODES =
      new OutputTag<>("recsys-graph-nodes", TypeInformation.of(GraphNode.class));

  private static final long serialVersionUID = 1L;

  private final NodeKind kind;
  private final GraphConfig graph;
  private final WalkConfig walk;

  private transient KeyedNode node;
  private transient EdgeDraw draw;
  private transient WalkRandom random;
  private transient Int2IntLinkedOpenHashMap counts;

  /**
   * Makes the function.
   *
   * @param kind which side
   * @param graph bounds and window
   * @param walk how walks go
   */
  public AdjacencyFunction(NodeKind kind, GraphConfig graph, WalkConfig walk) {
    this.kind = Checks.notNull("kind", kind);
    this.graph = Checks.notNull("graph", graph);
    this.walk = Checks.notNull("walk", walk);
  }

  @Override
  public void open(OpenContext openContext) {
    node = new KeyedNode(graph, kind, getRuntimeContext());
    draw = new EdgeDraw(walk.halfLife());
    random = new WalkRandom(0);
    counts = new Int2IntLinkedOpenHashMap();
  }

  @Override
  public void processElement1(GraphEdge edge, Context context, Collector<Walkers> out)
      throws Exception {
    node.put(edge, context.timerService());
  }

  @Override
  public void processElement2(Walkers walkers, Context context, Collector<Walkers> out)
      throws Exception {
    WalkOrigin origin = walkers.origin();
    long excluded = kind == NodeKind.USER ? walkers.previous() : origin.user();
    NodeEdges edges = node.edges();
    long to = origin.atMillis();
    long from = graph.fromMillis(to);
    random.seed(walkers.path());
    counts.clear();
    for (int n = 0; n < walkers.count(); n++) {
      int drawn = edges == null ? EdgeDraw.NONE : draw.draw(edges, from, to, excluded, random);
      counts.addTo(drawn, 1);
    }
    counts
        .int2IntEntrySet()
        .fastForEach(
            entry -> {
              int drawn = entry.getIntKey();
              int count = entry.getIntValue();
              if (drawn == EdgeDraw.NONE) {
                context.output(VISITS, new WalkVisit(origin, "", 0, count));
              } else if (kind == NodeKind.ITEM) {
                out.collect(walkers.toUser(edges.neighbors[drawn], count));
              } else {
                visit(edges, drawn, count, walkers, context, out);
              }
            });
  }

  private void visit(
      NodeEdges edges,
      int drawn,
      int count,
      Walkers walkers,
      Context context,
      Collector<Walkers> out) {
    int step = walkers.step() + 1;
    int goOn = 0;
    for (int n = 0; n < count && step < walk.maxLength(); n++) {
      goOn += random.unit() >= walk.restart() ? 1 : 0;
    }
    context.output(VISITS, new WalkVisit(walkers.origin(), edges.ids[drawn], count, count - goOn));
    if (goOn > 0) {
      out.collect(walkers.toItem(edges.neighbors[drawn], goOn));
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Walkers> out)
      throws Exception {
    NodeEdges edges = node.edges();
    if (edges != null && context.timerService().currentWatermark() == Long.MAX_VALUE) {
      context.output(
          NODES,
          new GraphNode(
              kind == NodeKind.USER,
              context.getCurrentKey(),
              Arrays.copyOf(edges.neighbors, edges.count),
              Arrays.copyOf(edges.stamps, edges.count)));
    }
    node.onTimer(timestamp, context.timerService());
  }
}
