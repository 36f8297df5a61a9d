/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.event.ConfidenceWeights;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.graph.Edges;
import io.github.flinkrecsys.core.graph.GraphConfig;
import io.github.flinkrecsys.core.graph.GraphNode;
import io.github.flinkrecsys.core.graph.InteractionGraph;
import io.github.flinkrecsys.core.graph.WalkConfig;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.operators.testing.JobSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the graph in keyed state lets go of, by which clock, and what that leaves. */
class GraphTimeITCase {
  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder()
              .setNumberTaskManagers(1)
              .setNumberSlotsPerTaskManager(2)
              .build());

  private static final GraphConfig GRAPH =
      GraphConfig.builder()
          .window(Duration.ofMillis(1_000))
          .edgesPerUser(6)
          .edgesPerItem(9)
          .build();

  private static final CountDownLatch FIRST_ITEMS_FOUND = new CountDownLatch(1);
  private static final BlockingQueue<GraphNode> NODES = new LinkedBlockingQueue<>();
  private static final BlockingQueue<RecommendationList> LISTS = new LinkedBlockingQueue<>();

  private static StreamExecutionEnvironment environment(RuntimeExecutionMode mode) {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(JobSettings.strict());
    env.setParallelism(2);
    env.setRuntimeMode(mode);
    return env;
  }

  private static <T> SingleOutputStreamOperator<T> named(
      String name, SingleOutputStreamOperator<T> stream) {
    return stream.name(name).uid(name);
  }

  /** Flink's own collecting sink has no uid on 1.20. */
  private static <T> void collect(DataStream<T> stream, MapFunction<T, T> into) {
    named("collect", stream.map(into).returns(stream.getType()))
        .sinkTo(new DiscardingSink<>())
        .name("end")
        .uid("end");
  }

  /** A watermark at each event, so that it does not depend on how fast the job is. */
  private static final class EveryEvent implements WatermarkGenerator<Interaction> {
    private long newest = Long.MIN_VALUE;

    @Override
    public void onEvent(Interaction event, long timestamp, WatermarkOutput output) {
      newest = Math.max(newest, timestamp);
      output.emitWatermark(new Watermark(newest - 1));
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {}
  }

  private static DataStream<Interaction> source(
      StreamExecutionEnvironment env,
      List<Interaction> interactions,
      MapFunction<Interaction, Interaction> onTheWay) {
    SingleOutputStreamOperator<Interaction> passed =
        named(
            "passed",
            named("interactions", env.fromData(interactions))
                .map(onTheWay)
                .returns(Interaction.class)
                .setParallelism(1));
    return named(
            "times",
            passed.assignTimestampsAndWatermarks(
                WatermarkStrategy.<Interaction>forGenerator(context -> new EveryEvent())
                    .withTimestampAssigner((interaction, at) -> interaction.timestampMillis())))
        .setParallelism(1);
  }

  /** Many windows of interactions; some come more than a window late. */
  private static List<Interaction> interactions() {
    Random random = new Random(3);
    List<Interaction> interactions = new ArrayList<>();
    for (int n = 0; n < 1_500; n++) {
      long at = Math.max(0, 10 * n - random.nextInt(1_300));
      String user = "u" + random.nextInt(200);
      interactions.add(Interaction.click(user, "i" + random.nextInt(150), at));
    }
    return interactions;
  }

  @Test
  void aStreamOfManyWindowsAndABatchGiveTheAdjacencyOfTheGraphInMemory() throws Exception {
    List<Interaction> interactions = interactions();
    InteractionGraph inMemory = new InteractionGraph(GRAPH);
    long newest = Long.MIN_VALUE;
    for (Interaction interaction : interactions) {
      GraphEdge edge = GraphEdge.of(interaction, ConfidenceWeights.EQUAL);
      inMemory.add(edge.user(), edge.item(), edge.stamp());
      newest = Math.max(newest, Edges.millis(edge.stamp()));
    }
    List<GraphNode> streamed = nodes(RuntimeExecutionMode.STREAMING, interactions);
    List<GraphNode> batched = nodes(RuntimeExecutionMode.BATCH, interactions);
    assertThat(streamed).as("the stream has let go of some").hasSizeLessThan(batched.size());
    Map<String, GraphNode> expected = byNode(inMemory.nodes(0, 1), Long.MIN_VALUE);
    long from = GRAPH.fromMillis(newest);
    assertThat(byNode(streamed, from)).isEqualTo(expected);
    assertThat(byNode(batched, from)).isEqualTo(expected);
    InteractionGraph restored = new InteractionGraph(GRAPH);
    batched.forEach(restored::restore);
    assertThat(byNode(restored.nodes(0, 1), Long.MIN_VALUE)).isEqualTo(expected);
  }

  private static Map<String, GraphNode> byNode(List<GraphNode> nodes, long fromMillis) {
    Map<String, GraphNode> byNode = new HashMap<>();
    for (GraphNode node : nodes) {
      GraphNode left = node.since(fromMillis);
      if (left.stamps().length > 0) {
        assertThat(byNode.put(node.isUser() + " " + node.node(), left)).isNull();
      }
    }
    return byNode;
  }

  private static List<GraphNode> nodes(RuntimeExecutionMode mode, List<Interaction> interactions)
      throws Exception {
    StreamExecutionEnvironment env = environment(mode);
    FlatMapFunction<Interaction, GraphEdge> toEdge =
        (interaction, out) -> out.collect(GraphEdge.of(interaction, ConfidenceWeights.EQUAL));
    DataStream<GraphEdge> edges =
        named(
            "edges",
            source(env, interactions, interaction -> interaction)
                .flatMap(toEdge)
                .returns(GraphEdge.class));
    DataStream<GraphNode> nodes = nodes(NodeKind.USER, edges).union(nodes(NodeKind.ITEM, edges));
    collect(
        nodes,
        node -> {
          NODES.add(node);
          return node;
        });
    env.execute();
    List<GraphNode> all = new ArrayList<>();
    NODES.drainTo(all);
    return all;
  }

  private static DataStream<GraphNode> nodes(NodeKind kind, DataStream<GraphEdge> edges) {
    FlatMapFunction<GraphEdge, Walkers> none = (edge, out) -> {};
    DataStream<Walkers> walkers =
        named("no-walkers-" + kind, edges.flatMap(none).returns(Walkers.class));
    return named(
            "nodes-" + kind,
            edges
                .keyBy(edge -> kind == NodeKind.USER ? edge.user() : edge.item())
                .connect(walkers.keyBy(Walkers::node))
                .process(new AdjacencyFunction(kind, GRAPH, WalkConfig.builder().build())))
        .getSideOutput(AdjacencyFunction.NODES);
  }

  /**
   * Requests without watermarks ask for ever about a time that has gone. Once the interactions have
   * gone on by more than a window the nodes are freed, and the lists become empty.
   */
  @Test
  void nodesAreFreedByTheTimeOfTheInteractionsThoughRequestsHaveNone() throws Exception {
    StreamExecutionEnvironment env = environment(RuntimeExecutionMode.STREAMING);
    DataGeneratorSource<RecommendationRequest> generator =
        new DataGeneratorSource<>(
            n -> RecommendationRequest.anonymous(new String[] {"a"}, 5, 500),
            Long.MAX_VALUE,
            RateLimiterStrategy.perSecond(20),
            TypeInformation.of(RecommendationRequest.class));
    DataStream<RecommendationRequest> requests =
        named("requests", env.fromSource(generator, WatermarkStrategy.noWatermarks(), "requests"))
            .setParallelism(1);
    MapFunction<Interaction, Interaction> lastWaits =
        interaction -> {
          if (interaction.timestampMillis() > 1_000) {
            FIRST_ITEMS_FOUND.await();
          }
          return interaction;
        };
    List<Interaction> interactions =
        List.of(
            Interaction.click("u", "a", 100),
            Interaction.click("u", "b", 110),
            Interaction.click("v", "c", 100_000));
    DataStream<RecommendationList> lists =
        new KeyedGraphWalk(
                "walk",
                GRAPH,
                WalkConfig.builder().steps(20).build(),
                ConfidenceWeights.EQUAL,
                Duration.ofMinutes(5))
            .apply(source(env, interactions, lastWaits), requests);
    collect(
        lists,
        list -> {
          LISTS.add(list);
          return list;
        });
    JobClient job = env.executeAsync();
    try {
      RecommendationList found = nextThat(list -> list.items().length > 0);
      assertThat(found.items()).extracting("itemId").containsExactly("b");
      FIRST_ITEMS_FOUND.countDown();
      RecommendationList freed = nextThat(list -> list.items().length == 0);
      assertThat(freed.generatedAtMillis()).isEqualTo(500);
    } finally {
      job.cancel().get();
    }
  }

  private static RecommendationList nextThat(Predicate<RecommendationList> isWanted)
      throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    while (System.nanoTime() < deadline) {
      RecommendationList answer = LISTS.poll(1, TimeUnit.SECONDS);
      if (answer != null && isWanted.test(answer)) {
        return answer;
      }
    }
    throw new AssertionError("no such list among those of three minutes");
  }
}
