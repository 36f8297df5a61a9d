/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.benchmarks;

import io.github.flinkrecsys.core.vector.VectorOps;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Is every vector kernel faster than its plain version? Microseconds per call over the scores of
 * 5,000 items.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelBenchmark {
  private static final int ITEMS = 5_000;
  private static final int FACTORS = 32;

  /** Some 30 of 5,000 reach it, as many as a source proposes. */
  private static final float THRESHOLD = 2.5f;

  private final float[] rows = gaussians(ITEMS * FACTORS);
  private final float[] query = gaussians(FACTORS);
  private final float[] scores = gaussians(ITEMS);
  private final float[] out = new float[ITEMS];
  private final int[] slots = IntStream.range(0, ITEMS).toArray();
  private final int[] selected = new int[ITEMS];
  private final double[] sums = new double[2];

  /** Makes the benchmark, as JMH requires. */
  public KernelBenchmark() {}

  private static float[] gaussians(int count) {
    Random random = new Random(count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /**
   * Multiplies every row by the query.
   *
   * @return the products
   */
  @Benchmark
  public float[] dotRows() {
    VectorOps.dotRows(query, 0, rows, 0, ITEMS, FACTORS, out, 0);
    return out;
  }

  /**
   * Selects what reaches a score.
   *
   * @return how many do
   */
  @Benchmark
  public int selectAtLeast() {
    return VectorOps.selectAtLeast(scores, ITEMS, THRESHOLD, selected);
  }

  /**
   * Sums the scores and their squares.
   *
   * @return how many are finite
   */
  @Benchmark
  public int sumFinite() {
    return VectorOps.sumFinite(scores, ITEMS, sums);
  }

  /**
   * Looks for a number that is not there.
   *
   * @return -1
   */
  @Benchmark
  public int indexOf() {
    return VectorOps.indexOf(slots, 0, ITEMS, -1);
  }

  /**
   * Runs the benchmark with both kinds of kernels and prints a table.
   *
   * @param args none
   * @throws Exception if JMH fails
   */
  public static void main(String[] args) throws Exception {
    List<String> table = new ArrayList<>();
    for (String kernels : new String[] {"scalar", "vector"}) {
      OptionsBuilder options = new OptionsBuilder();
      options
          .include(KernelBenchmark.class.getSimpleName())
          .jvmArgsAppend("--add-modules=jdk.incubator.vector", "-Drecsys.kernels=" + kernels);
      for (RunResult result : new Runner(options.build()).run()) {
        String name = result.getPrimaryResult().getLabel();
        double micros = result.getPrimaryResult().getScore();
        table.add("%-15s %s %8.2f us".formatted(name, kernels, micros));
      }
    }
    table.stream().sorted().forEach(System.out::println);
  }
}
