/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.benchmarks;

import java.util.Arrays;

/** Entry point: one benchmark by name. */
public final class Benchmarks {
  private static final String USAGE =
      """
      usage: mvn -q -Pbench -Dbench.args="NAME [ARGUMENTS]"
        throughput [MILLIONS]   events per second of online learning against a pass-through job
        skew [THOUSANDS]        events per second with a hot item and a hot user against even ones
        sql [THOUSANDS]         lists per second in SQL against the DataStream job of the same lists
        state [THOUSANDS]       events per second and checkpoints by state backend
        scan                    exact top-100 of 100,000 x 64 floats against the read bandwidth
        kernels                 vector kernels against their plain versions
        session-knn             latency of session-neighbour queries, and at 100 times the size
        graph [MILLIONS [M]]    edges and walks per second, bytes per edge, against a pass-through job
        walk-recall KIND WHICH  recall of graph walks, and of the blend without and with them
        retrieval [ITEMS ...]   top-100 by codes against top-100 by factors, while factors change
        memory [ITEMS]          heap that a replica of 64 factors and 50 neighbours takes
        serve URL [RATE [S]]    latency of the HTTP service, at a paced load
        onnx [MODEL N LENGTH]   rows per second, latency and memory of models in ONNX Runtime
        redis HOST:PORT         recommendation lists per second into a Redis server
        tenths FILE             recall of every source over each tenth of a file of MovieLens ratings
        distribution FILE       recall of distributed against sequential learning, on MovieLens ratings""";

  private Benchmarks() {}

  /**
   * Runs a benchmark.
   *
   * @param args its name, then its arguments
   * @throws Exception if it fails
   */
  public static void main(String[] args) throws Exception {
    String name = args.length == 0 ? "" : args[0];
    String[] rest = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
    switch (name) {
      case "throughput" -> ThroughputBenchmark.main(rest);
      case "skew" -> SkewBenchmark.main(rest);
      case "sql" -> SqlBenchmark.main(rest);
      case "state" -> StateBenchmark.main(rest);
      case "scan" -> ScanBenchmark.main(rest);
      case "kernels" -> KernelBenchmark.main(rest);
      case "session-knn" -> SessionNeighborBenchmark.main(rest);
      case "graph" -> GraphBenchmark.main(rest);
      case "walk-recall" -> WalkRecallBenchmark.main(rest);
      case "serve" -> ServeBenchmark.main(rest);
      case "retrieval" -> RetrievalBenchmark.main(rest);
      case "memory" -> MemoryBenchmark.main(rest);
      case "onnx" -> OnnxBenchmark.main(rest);
      case "redis" -> RedisBenchmark.main(rest);
      case "tenths" -> TenthsBenchmark.main(rest);
      case "distribution" -> DistributionBenchmark.main(rest);
      default -> {
        System.err.println(USAGE);
        System.exit(2);
      }
    }
  }
}
