/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.graph;

import io.github.flinkrecsys.core.event.ConfidenceWeights;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.graph.GraphConfig;
import io.github.flinkrecsys.core.graph.WalkConfig;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.core.util.Hashes;
import java.time.Duration;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Random walks over a graph of users and items that does not fit into one task manager: users and
 * items are keyed state, and each hop of a walk is an operator. There is no cycle: {@link
 * WalkConfig#maxLength} steps are so many pairs of operators in a row, each pair with a copy of the
 * graph of its own.
 *
 * <p>The distribution of visits is that of {@link io.github.flinkrecsys.core.graph.GraphWalk} with
 * the same settings, but that walks do not end early, since no operator sees all of them.
 *
 * @param name prefix of all names and uids, unique within the job
 * @param graph bounds and window
 * @param walk how walks go; {@code maxLength} 1 to {@value #MAX_LENGTH}, {@code degreeExponent} 0
 * @param weights of edges by type of interaction
 * @param timeout wall-clock time after which a list is made although walks are missing
 */
public record KeyedGraphWalk(
    String name, GraphConfig graph, WalkConfig walk, ConfidenceWeights weights, Duration timeout) {
  /** Longest walk: every step is two operators and a copy of the graph. */
  public static final int MAX_LENGTH = 4;

  /**
   * Checks.
   *
   * @param name see the record
   * @param graph see the record
   * @param walk see the record
   * @param weights see the record
   * @param timeout see the record
   * @throws IllegalArgumentException if one is missing or out of range
   */
  public KeyedGraphWalk {
    Checks.notBlank("name", name);
    Checks.notNull("graph", graph);
    Checks.require(graph.isOn(), "window", "positive", graph.window());
    Checks.notNull("walk", walk);
    Checks.between("maxLength", walk.maxLength(), 1, MAX_LENGTH);
    Checks.require(
        walk.degreeExponent() == 0,
        "degreeExponent",
        "0 where no operator knows the degrees of all items",
        walk.degreeExponent());
    Checks.notNull("weights", weights);
    Checks.positive("timeout", timeout);
  }

  /**
   * Adds the walk to a job.
   *
   * @param interactions valid, with timestamps and watermarks, by which state is freed
   * @param requests valid; they go by their items, or, if they have none, by those of the user;
   *     their watermarks, if there are any, do not count
   * @return a list per request
   */
  public DataStream<RecommendationList> apply(
      DataStream<Interaction> interactions, DataStream<RecommendationRequest> requests) {
    Checks.notNull("interactions", interactions);
    Checks.notNull("requests", requests);
    ConfidenceWeights byType = weights;
    FlatMapFunction<Interaction, GraphEdge> toEdge =
        (interaction, out) -> {
          GraphEdge edge = GraphEdge.of(interaction, byType);
          if (edge != null) {
            out.collect(edge);
          }
        };
    SingleOutputStreamOperator<GraphEdge> edges =
        named("edges", interactions.flatMap(toEdge).returns(TypeInformation.of(GraphEdge.class)));
    edges.setParallelism(interactions.getParallelism());
    SingleOutputStreamOperator<RecommendationRequest> timeless =
        named("requests", requests.assignTimestampsAndWatermarks(WithoutWatermarks.strategy()));
    timeless.setParallelism(requests.getParallelism());
    KeyedStream<GraphEdge, Long> byUser = edges.keyBy(GraphEdge::user);
    KeyedStream<GraphEdge, Long> byItem = edges.keyBy(GraphEdge::item);
    SingleOutputStreamOperator<Walkers> walkers =
        named(
            "start",
            byUser
                .connect(timeless.keyBy(request -> Hashes.hash(request.key())))
                .process(new WalkStartFunction(graph, walk)));
    DataStream<WalkVisit> visits = walkers.getSideOutput(AdjacencyFunction.VISITS);
    for (int step = 1; step <= walk.maxLength(); step++) {
      SingleOutputStreamOperator<Walkers> atUsers =
          hop("items-" + step, NodeKind.ITEM, byItem, walkers);
      walkers = hop("users-" + step, NodeKind.USER, byUser, atUsers);
      visits =
          visits.union(
              atUsers.getSideOutput(AdjacencyFunction.VISITS),
              walkers.getSideOutput(AdjacencyFunction.VISITS));
    }
    return named(
        "lists",
        visits
            .keyBy(visit -> visit.origin().request())
            .process(new WalkCollectFunction(walk, timeout)));
  }

  private SingleOutputStreamOperator<Walkers> hop(
      String operator,
      NodeKind kind,
      KeyedStream<GraphEdge, Long> edges,
      DataStream<Walkers> walkers) {
    return named(
        operator,
        edges
            .connect(walkers.keyBy(Walkers::node))
            .process(new AdjacencyFunction(kind, graph, walk)));
  }

  private <T> SingleOutputStreamOperator<T> named(
      String operator, SingleOutputStreamOperator<T> stream) {
    String uid = name + "-" + operator;
    return stream.name(uid).uid(uid);
  }
}
