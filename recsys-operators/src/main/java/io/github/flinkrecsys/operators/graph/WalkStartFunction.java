/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.graph;

import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.graph.EdgeDraw;
import io.github.flinkrecsys.core.graph.GraphConfig;
import io.github.flinkrecsys.core.graph.NodeEdges;
import io.github.flinkrecsys.core.graph.WalkConfig;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.core.util.Hashes;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
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
 * <p>State: {@value KeyedNode#STATE}, see {@link AdjacencyFunction}.
 */
public final class WalkStartFunction
    extends KeyedCoProcessFunction<Long, GraphEdge, RecommendationRequest, Walkers> {
  private static final long serialVersionUID = 1L;

  private final GraphConfig graph;
  private final WalkConfig walk;

  private transient KeyedNode node;
  private transient EdgeDraw draw;

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
    draw = new EdgeDraw(graph.window(), walk.halfLife());
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
    String key = key(request);
    if (query.isEmpty()) {
      context.output(
          AdjacencyFunction.VISITS, new WalkVisit(origin(key, request, "", 1), "", 0, 1));
      return;
    }
    for (int q = 0; q < query.size(); q++) {
      String itemId = query.get(q);
      long item = Hashes.hash(itemId);
      int count = walk.share(walk.walks(), q, query.size());
      out.collect(new Walkers(origin(key, request, itemId, walks), item, item, 0, count));
    }
  }

  private List<String> query(RecommendationRequest request, NodeEdges own) {
    Set<String> query = new LinkedHashSet<>();
    String[] itemIds = request.itemIds();
    for (int i = itemIds.length - 1; i >= 0 && query.size() < walk.queryItems(); i--) {
      query.add(itemIds[i]);
    }
    if (own != null) {
      int first = own.firstAtOrAfter(draw.fromMillis(request.timestampMillis()));
      int end = own.endOf(request.timestampMillis());
      for (int i = end - 1; i >= first && query.size() < walk.queryItems(); i--) {
        query.add(own.ids[i]);
      }
    }
    return List.copyOf(query);
  }

  private static String key(RecommendationRequest request) {
    int items = Arrays.hashCode(request.itemIds());
    return request.timestampMillis() + " " + items + " " + request.k() + " " + request.userId();
  }

  private static WalkOrigin origin(
      String key, RecommendationRequest request, String queryId, int walks) {
    return new WalkOrigin(
        key,
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
