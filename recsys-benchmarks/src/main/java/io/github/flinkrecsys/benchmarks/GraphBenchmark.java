/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.benchmarks;

import io.github.flinkrecsys.core.event.ConfidenceWeights;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.graph.Edges;
import io.github.flinkrecsys.core.graph.GraphConfig;
import io.github.flinkrecsys.core.graph.GraphWalk;
import io.github.flinkrecsys.core.graph.InteractionGraph;
import io.github.flinkrecsys.core.graph.WalkConfig;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.operators.factorization.ModelSettings;
import io.github.flinkrecsys.operators.graph.AdjacencyFunction;
import io.github.flinkrecsys.operators.graph.GraphEdge;
import io.github.flinkrecsys.operators.graph.NodeKind;
import io.github.flinkrecsys.operators.graph.Walkers;
import io.github.flinkrecsys.operators.replica.ItemReplicaFunction;
import io.github.flinkrecsys.operators.replica.ReplicaScope;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What do edges and walks cost? Bytes per edge, edges per second and latency of walks at so many
 * edges in memory, then edges per second of jobs that keep the graph, as a ratio to a job that only
 * passes the same source through one keyed exchange.
 *
 * <p>The jobs: the recommender's part of building the graph ({@link GraphUserSide}) and the replica
 * function, with one graph that both subtasks share, and with one for each, as two task managers
 * have, which adds every edge twice; and the graph in keyed state.
 *
 * <p>A million users and 100,000 items, half of them drawn with skew. Usage: {@code graph [MILLIONS
 * of edges in memory] [MILLIONS of events of the pass-through job]}.
 */
public final class GraphBenchmark {
  private static final int USERS = 1_000_000;
  private static final int ITEMS = 100_000;
  private static final int REQUESTS = 20_000;
  private static final int RUNS = 3;
  private static final GraphConfig BOUNDS =
      GraphConfig.builder().window(Duration.ofDays(90)).maxBytes(8L << 30).build();

  private GraphBenchmark() {}

  private interface Pipeline {
    void append(DataStream<Interaction> interactions);
  }

  private record Job(String name, double shareOfEvents, Pipeline pipeline) {}

  /**
   * Runs the benchmark.
   *
   * @param args millions of edges, default 10; millions of events, default 4
   * @throws Exception if a job fails
   */
  public static void main(String[] args) throws Exception {
    double edges = args.length > 0 ? Double.parseDouble(args[0]) : 10;
    double events = args.length > 1 ? Double.parseDouble(args[1]) : 4;
    Checks.inRange("millions of edges", edges, 0, 1_000);
    Checks.inRange("millions of events", events, 0, 10_000);
    inMemory((long) (edges * 1e6));
    inJobs((long) (events * 1e6));
  }

  private static void inMemory(long count) {
    long before = usedHeap();
    InteractionGraph graph = new InteractionGraph(BOUNDS);
    long start = cpuNanos();
    for (long n = 0; n < count; n++) {
      graph.add(user(n), item(n), Edges.stamp(n, 1));
    }
    double seconds = (cpuNanos() - start) / 1e9;
    System.out.printf(
        "%,d edges added, %,.0f per second of processor time; %,d users and %,d items hold %,d at the"
            + " users' side%n",
        count, count / seconds, graph.userCount(), graph.itemCount(), graph.edgeCount());
    System.out.printf(
        "%.1f bytes per edge by the graph's own count, %.1f of heap%n",
        (double) graph.bytes() / graph.edgeCount(),
        (double) (usedHeap() - before) / graph.edgeCount());
    for (int steps : new int[] {1_000, 10_000}) {
      walk(graph, WalkConfig.builder().steps(steps).build(), count);
    }
  }

  private static void walk(InteractionGraph graph, WalkConfig config, long now) {
    GraphWalk walk = new GraphWalk(graph, config);
    long[] micros = new long[REQUESTS * 1_000 / config.steps()];
    long[] elapsedMicros = new long[micros.length];
    long[] recent = new long[5];
    long visited = 0;
    long stepsBefore = 0;
    long total = 0;
    for (int n = -micros.length / 4; n < micros.length; n++) {
      for (int i = 0; i < recent.length; i++) {
        recent[i] = item(Hashes.mix(n * 31L + i));
      }
      if (n == 0) {
        stepsBefore = walk.stepsTaken();
      }
      long[] found = {0};
      long start = System.nanoTime();
      long cpuStart = cpuNanos();
      walk.walk(user(n), true, recent, recent.length, now, (item, score, because) -> found[0]++);
      long nanos = cpuNanos() - cpuStart;
      long elapsed = System.nanoTime() - start;
      if (n >= 0) {
        micros[n] = nanos / 1_000;
        elapsedMicros[n] = elapsed / 1_000;
        total += nanos;
        visited += found[0];
      }
    }
    Arrays.sort(micros);
    Arrays.sort(elapsedMicros);
    System.out.printf(
        "%,d steps: %,.0f requests and %,.0f steps per second of processor time, p50 %,d us, p99"
            + " %,d us (elapsed: %,d and %,d), %,d items visited on average%n",
        config.steps(),
        micros.length / (total / 1e9),
        (walk.stepsTaken() - stepsBefore) / (total / 1e9),
        micros[micros.length / 2],
        micros[micros.length * 99 / 100],
        elapsedMicros[micros.length / 2],
        elapsedMicros[micros.length * 99 / 100],
        visited / micros.length);
  }

  private static long user(long n) {
    return Hashes.mix(1L << 40 | Hashes.below(Hashes.mix(n), USERS));
  }

  private static long item(long n) {
    double unit = Hashes.unit(Hashes.mix(~n));
    return Hashes.mix(1L << 41 | (long) (ITEMS * ((n & 1) == 0 ? unit : unit * unit * unit)));
  }

  /** On a machine with other work, the time of this thread alone says what a walk costs. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static void inJobs(long events) throws Exception {
    Job[] jobs = {
      new Job(
          "pass-through",
          1,
          stream -> ThroughputBenchmark.end("pass", stream.keyBy(Interaction::userId))),
      new Job("graph of one task manager", 0.5, s -> intoReplica(s, ReplicaScope.TASK_MANAGER)),
      new Job("graphs of two", 0.25, s -> intoReplica(s, ReplicaScope.SUBTASK)),
      new Job("graph in keyed state", 0.25, GraphBenchmark::intoState)
    };
    Map<String, double[]> rates = new TreeMap<>();
    for (int run = -1; run < RUNS; run++) {
      for (Job job : jobs) {
        long count = (long) (events * job.shareOfEvents());
        StreamExecutionEnvironment env = ThroughputBenchmark.environment();
        DataGeneratorSource<Interaction> source =
            new DataGeneratorSource<>(
                new ZipfInteractions(), count, TypeInformation.of(Interaction.class));
        job.pipeline()
            .append(
                ThroughputBenchmark.named(
                    "source", env.fromSource(source, WatermarkStrategy.noWatermarks(), "source")));
        double rate = count / (env.execute(job.name()).getNetRuntime() / 1e3);
        System.out.printf("%-6s %-26s %,12.0f/s%n", run < 0 ? "warm" : run, job.name(), rate);
        if (run >= 0) {
          rates.computeIfAbsent(job.name(), n -> new double[RUNS])[run] = rate;
        }
      }
    }
    double base = ThroughputBenchmark.median(rates.get("pass-through"));
    rates.forEach(
        (name, of) ->
            System.out.printf(
                "median %-26s %,12.0f/s, ratio %.3f%n",
                name, ThroughputBenchmark.median(of), ThroughputBenchmark.median(of) / base));
  }

  private static void intoReplica(DataStream<Interaction> interactions, ReplicaScope scope) {
    ModelSettings model = ModelSettings.builder("graph").graph(BOUNDS).scope(scope).build();
    ThroughputBenchmark.end(
        "end",
        ThroughputBenchmark.named(
            "replica",
            ThroughputBenchmark.named(
                    "user-side",
                    interactions.keyBy(Interaction::userId).process(new GraphUserSide(model)))
                .broadcast()
                .process(new ItemReplicaFunction(model.replica()))));
  }

  private static void intoState(DataStream<Interaction> interactions) {
    FlatMapFunction<Interaction, GraphEdge> toEdge =
        (interaction, out) -> out.collect(GraphEdge.of(interaction, ConfidenceWeights.EQUAL));
    DataStream<GraphEdge> edges =
        ThroughputBenchmark.named(
            "edges", interactions.flatMap(toEdge).returns(TypeInformation.of(GraphEdge.class)));
    keep("users", NodeKind.USER, edges.keyBy(GraphEdge::user));
    keep("items", NodeKind.ITEM, edges.keyBy(GraphEdge::item));
  }

  private static void keep(String name, NodeKind kind, KeyedStream<GraphEdge, Long> edges) {
    FlatMapFunction<GraphEdge, Walkers> none = (edge, out) -> {};
    DataStream<Walkers> walkers =
        ThroughputBenchmark.named(
            "no-walkers-at-" + name,
            edges.flatMap(none).returns(TypeInformation.of(Walkers.class)));
    ThroughputBenchmark.end(
        "end-of-" + name,
        ThroughputBenchmark.named(
            name,
            edges
                .connect(walkers.keyBy(Walkers::node))
                .process(new AdjacencyFunction(kind, BOUNDS, WalkConfig.builder().build()))));
  }
}
