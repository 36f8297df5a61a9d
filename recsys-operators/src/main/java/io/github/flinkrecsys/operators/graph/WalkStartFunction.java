/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.graph;

import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.graph.GraphConfig;
import io.github.flinkrecsys.core.graph.NodeEdges;
import io.github.flinkrecsys.core.graph.WalkConfig;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.core.util.Hashes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The first hop of a walk in keyed state, from the user to the items where walks begin: those of
 * the request, or, if it has none, those that the user's node knows, the newest first. Key: hash of
 * the user's id.
 *
 * <p>In: edges of the user; requests. Out: {@link Walkers} at items. A request that finds no item
 * goes to {@link AdjacencyFunction#VISITS} as one that has ended.
 *
 * <p>Requests are numbered, so that even equal ones that are on their way at once are told apart.
 *
 * <p>State: {@value KeyedNode#STATE}, see {@link AdjacencyFunction}; {@value #NUMBERS}, a number
 * per subtask.
 */
public final class WalkStartFunction
    extends KeyedCoProcessFunction<Long, GraphEdge, RecommendationRequest, Walkers>
    implements CheckpointedFunction {
  static final String NUMBERS = "request-numbers";

  private static final long serialVersionUID = 1L;

  private final GraphConfig graph;
  private final WalkConfig walk;

  private transient KeyedNode node;
  private transient ListState<Long> numbers;
  private transient long nextNumber;

  /**
   * Makes the function.
   *
   * @param graph bounds and window
   * @param walk how walks go
   */
  public WalkStartFunction(GraphConfig graph, WalkConfig walk) {
    this.graph = Checks.notNull("graph", graph);
    this.walk = Checks.notNull("walk", walk);
  }

  @Override
  public void open(OpenContext openContext) {
    node = new KeyedNode(graph, NodeKind.USER, getRuntimeContext());
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    numbers =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>(NUMBERS, Types.LONG));
    nextNumber = 0;
    // What any subtask has given out may still be on its way, also where there are others now.
    for (long restored : numbers.get()) {
      nextNumber = Math.max(nextNumber, restored);
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    numbers.update(List.of(nextNumber));
  }

  @Override
  public void processElement1(GraphEdge edge, Context context, Collector<Walkers> out)
      throws Exception {
    node.put(edge, context.timerService());
  }

  @Override
  public void processElement2(
      RecommendationRequest request, Context context, Collector<Walkers> out) throws Exception {
    boolean goesByUser = !request.hasNoUser() && request.itemIds().length == 0;
    List<String> query = query(request, goesByUser ? node.edges() : null);
    int walks = 0;
    for (int q = 0; q < query.size(); q++) {
      walks += walk.share(walk.walks(), q, query.size());
    }
    String number = takeNumber();
    if (query.isEmpty()) {
      context.output(
          AdjacencyFunction.VISITS, new WalkVisit(origin(number, request, "", 1), "", 0, 1));
      return;
    }
    for (int q = 0; q < query.size(); q++) {
      int count = walk.share(walk.walks(), q, query.size());
      out.collect(Walkers.at(origin(number, request, query.get(q), walks), count));
    }
  }

  private List<String> query(RecommendationRequest request, NodeEdges own) {
    Set<String> query = new LinkedHashSet<>();
    String[] itemIds = request.itemIds();
    for (int i = itemIds.length - 1; i >= 0 && query.size() < walk.queryItems(); i--) {
      query.add(itemIds[i]);
    }
    if (own != null) {
      int first = own.firstAtOrAfter(graph.fromMillis(request.timestampMillis()));
      int end = own.endOf(request.timestampMillis());
      for (int i = end - 1; i >= first && query.size() < walk.queryItems(); i--) {
        query.add(own.ids[i]);
      }
    }
    return List.copyOf(query);
  }

  private String takeNumber() {
    return getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() + "-" + nextNumber++;
  }

  private static WalkOrigin origin(
      String number, RecommendationRequest request, String queryId, int walks) {
    return new WalkOrigin(
        number,
        request.userId(),
        Hashes.hash(request.userId()),
        request.k(),
        request.timestampMillis(),
        queryId,
        walks);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Walkers> out)
      throws Exception {
    node.onTimer(timestamp, context.timerService());
  }
}
