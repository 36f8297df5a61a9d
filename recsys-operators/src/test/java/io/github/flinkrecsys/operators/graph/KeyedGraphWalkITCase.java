/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.event.ConfidenceWeights;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.graph.GraphConfig;
import io.github.flinkrecsys.core.graph.GraphNode;
import io.github.flinkrecsys.core.graph.GraphWalk;
import io.github.flinkrecsys.core.graph.InteractionGraph;
import io.github.flinkrecsys.core.graph.WalkConfig;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.operators.testing.Collected;
import io.github.flinkrecsys.operators.testing.JobSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The walk as a job against the walk in memory, and the graph from a stream and from a batch. */
class KeyedGraphWalkITCase {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final long NOW = 10_000;
  private static final int ITEMS = 25;
  private static final GraphConfig GRAPH =
      GraphConfig.builder()
          .window(Duration.ofMillis(9_000))
          .edgesPerUser(6)
          .edgesPerItem(15)
          .build();
  private static final ConfidenceWeights WEIGHTS = new ConfidenceWeights(Map.of("cart", 3.0));

  private static List<Interaction> interactions(long seed) {
    Random random = new Random(seed);
    List<Interaction> interactions = new ArrayList<>();
    for (int n = 0; n < 600; n++) {
      String user = "u" + random.nextInt(60);
      String item = "i" + (int) (ITEMS * Math.pow(random.nextDouble(), 1.5));
      String type = random.nextInt(3) == 0 ? "cart" : "click";
      interactions.add(new Interaction(user, item, type, 1, 500 + random.nextInt(9_000)));
    }
    return interactions;
  }

  private static StreamExecutionEnvironment environment(RuntimeExecutionMode mode) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(JobSettings.strict());
    env.setParallelism(2);
    env.setRuntimeMode(mode);
    return env;
  }

  private static DataStream<Interaction> source(
      StreamExecutionEnvironment env, List<Interaction> interactions) {
    return env.fromData(interactions)
        .uid("interactions")
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<Interaction>forBoundedOutOfOrderness(Duration.ofSeconds(10))
                .withTimestampAssigner((interaction, at) -> interaction.timestampMillis()))
        .uid("interactions-in-time");
  }

  /**
   * 40,000 walks of either kind from one item. The two samples must differ by no more than chance:
   * the statistic of the two-sample chi-square test stays below the quantile of 0.999 of 24 degrees
   * of freedom. The seed is fixed, so the outcome is always the same.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void visitsAreDistributedAsInMemory(int maxLength) throws Exception {
    WalkConfig walk =
        WalkConfig.builder()
            .steps(40_000)
            .maxLength(maxLength)
            .restart(0.5)
            .queryItems(1)
            .halfLife(Duration.ofMillis(5_000))
            .earlyStop(1_000_000, 1_000_000)
            .build();
    List<Interaction> interactions = interactions(11);
    Map<String, Double> inJob = new HashMap<>();
    for (ScoredItem item : walkInJob(interactions, walk).items()) {
      inJob.put(item.itemId(), (double) item.score());
    }
    Map<String, Double> inMemory = walkInMemory(interactions, walk);
    inMemory.remove("i3");
    assertThat(inJob.keySet()).isEqualTo(inMemory.keySet());
    double jobSum = inJob.values().stream().mapToDouble(v -> v).sum();
    double memorySum = inMemory.values().stream().mapToDouble(v -> v).sum();
    assertThat(jobSum).isGreaterThan(25_000);
    double ratio = Math.sqrt(memorySum / jobSum);
    double chiSquare = 0;
    double distance = 0;
    for (String item : inJob.keySet()) {
      double a = inJob.get(item);
      double b = inMemory.get(item);
      chiSquare += Math.pow(ratio * a - b / ratio, 2) / (a + b);
      distance += Math.abs(a / jobSum - b / memorySum) / 2;
    }
    assertThat(chiSquare).isLessThan(51.2);
    assertThat(distance).as("total variation").isLessThan(0.02);
  }

  /** In a batch, an operator reads all edges of a node before the request, which is later. */
  private static RecommendationList walkInJob(List<Interaction> interactions, WalkConfig walk)
      throws Exception {
    StreamExecutionEnvironment env = environment(RuntimeExecutionMode.BATCH);
    DataStream<RecommendationRequest> requests =
        env.fromData(new RecommendationRequest("u7", 1_000, null, new String[] {"i3"}, false, NOW))
            .uid("requests")
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<RecommendationRequest>forMonotonousTimestamps()
                    .withTimestampAssigner((request, at) -> request.timestampMillis()))
            .uid("requests-in-time");
    DataStream<RecommendationList> lists =
        new KeyedGraphWalk("walk", GRAPH, walk, WEIGHTS, Duration.ofMinutes(5))
            .apply(source(env, interactions), requests);
    List<RecommendationList> all = collect(lists);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private static Map<String, Double> walkInMemory(List<Interaction> interactions, WalkConfig walk) {
    InteractionGraph graph = inMemory(interactions);
    Map<String, Double> visits = new HashMap<>();
    new GraphWalk(graph, walk)
        .walk(
            Hashes.hash("u7"),
            true,
            new long[] {Hashes.hash("i3")},
            1,
            NOW,
            (item, score, because) -> visits.put(name(item), (double) score));
    return visits;
  }

  private static InteractionGraph inMemory(List<Interaction> interactions) {
    InteractionGraph graph = new InteractionGraph(GRAPH);
    for (Interaction interaction : interactions) {
      GraphEdge edge = GraphEdge.of(interaction, WEIGHTS);
      graph.add(edge.user(), edge.item(), edge.stamp());
    }
    return graph;
  }

  private static String name(long item) {
    for (int n = 0; n < ITEMS; n++) {
      if (Hashes.hash("i" + n) == item) {
        return "i" + n;
      }
    }
    throw new AssertionError(item);
  }

  @Test
  void theGraphOfAStreamThatOfABatchAndThatInMemoryAreOne() throws Exception {
    List<Interaction> interactions = interactions(5);
    Map<String, GraphNode> expected = new HashMap<>();
    inMemory(interactions).nodes(0, 1).forEach(node -> expected.put(key(node), node));
    for (RuntimeExecutionMode mode :
        List.of(RuntimeExecutionMode.STREAMING, RuntimeExecutionMode.BATCH)) {
      StreamExecutionEnvironment env = environment(mode);
      FlatMapFunction<Interaction, GraphEdge> toEdge =
          (interaction, out) -> out.collect(GraphEdge.of(interaction, WEIGHTS));
      DataStream<GraphEdge> edges =
          source(env, interactions)
              .flatMap(toEdge)
              .returns(TypeInformation.of(GraphEdge.class))
              .uid("edges");
      DataStream<GraphNode> nodes = nodes(NodeKind.USER, edges).union(nodes(NodeKind.ITEM, edges));
      Map<String, GraphNode> found = new HashMap<>();
      collect(nodes).forEach(node -> assertThat(found.put(key(node), node)).isNull());
      assertThat(found).as("%s", mode).isEqualTo(expected);
    }
  }

  private static String key(GraphNode node) {
    return node.isUser() + " " + node.node();
  }

  private static DataStream<GraphNode> nodes(NodeKind kind, DataStream<GraphEdge> edges) {
    FlatMapFunction<GraphEdge, Walkers> none = (edge, out) -> {};
    SingleOutputStreamOperator<Walkers> walkers =
        edges.flatMap(none).returns(TypeInformation.of(Walkers.class)).uid("no-walkers-" + kind);
    return edges
        .keyBy(edge -> kind == NodeKind.USER ? edge.user() : edge.item())
        .connect(walkers.keyBy(Walkers::node))
        .process(new AdjacencyFunction(kind, GRAPH, WalkConfig.builder().build()))
        .uid("nodes-" + kind)
        .getSideOutput(AdjacencyFunction.NODES);
  }

  private static <T> List<T> collect(DataStream<T> stream) throws Exception {
    Collected<T> collected = Collected.of(stream, "collected");
    stream.getExecutionEnvironment().execute();
    return collected.records();
  }
}
