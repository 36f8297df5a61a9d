/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.benchmarks;

import io.github.flinkrecsys.core.util.TopK;
import io.github.flinkrecsys.core.vector.VectorOps;
import java.util.Collection;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * How close is an exact top-100 of 100,000 x 64 floats to what one core can read? Bytes scanned per
 * second, as a share of the bytes that a sum over a large {@code long[]} reads per second.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ScanBenchmark {
  private static final int ITEMS = 100_000;
  private static final int FACTORS = 64;
  private static final int CHUNK_ROWS = 1024;
  private static final int K = 100;
  private static final int LONGS = 1 << 25;

  /** Makes the benchmark, as JMH requires. */
  public ScanBenchmark() {}

  /** The items, as the library holds them: chunks of 1024 rows. */
  @State(Scope.Benchmark)
  public static class Items {
    private final float[][] chunks = new float[(ITEMS + CHUNK_ROWS - 1) / CHUNK_ROWS][];
    private final float[] query = new float[FACTORS];
    private final float[] scores = new float[CHUNK_ROWS];
    private final TopK top = new TopK(K);
    private final int[] topItems = new int[K];
    private final float[] topScores = new float[K];

    /** Makes an empty state, as JMH requires. */
    public Items() {}

    /** Fills the items with normally distributed factors. */
    @Setup
    public void fill() {
      Random random = new Random(42);
      for (int c = 0; c < chunks.length; c++) {
        chunks[c] = new float[CHUNK_ROWS * FACTORS];
        for (int i = 0; i < chunks[c].length; i++) {
          chunks[c][i] = (float) random.nextGaussian();
        }
      }
      for (int f = 0; f < FACTORS; f++) {
        query[f] = (float) random.nextGaussian();
      }
    }
  }

  /** An array larger than the caches of one core. */
  @State(Scope.Benchmark)
  public static class Longs {
    private final long[] values = new long[LONGS];

    /** Makes an empty state, as JMH requires. */
    public Longs() {}

    /** Touches every page. */
    @Setup
    public void fill() {
      for (int i = 0; i < values.length; i++) {
        values[i] = i;
      }
    }
  }

  /**
   * Scans with plain Java.
   *
   * @param items to be scanned
   * @return the best item
   */
  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Drecsys.kernels=scalar")
  public int scalar(Items items) {
    return scan(items);
  }

  /**
   * Scans with the vector module.
   *
   * @param items to be scanned
   * @return the best item
   */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "-Drecsys.kernels=vector"})
  public int vector(Items items) {
    return scan(items);
  }

  private static int scan(Items items) {
    for (int from = 0; from < ITEMS; from += CHUNK_ROWS) {
      int rows = Math.min(CHUNK_ROWS, ITEMS - from);
      float[] chunk = items.chunks[from / CHUNK_ROWS];
      VectorOps.dotRows(items.query, 0, chunk, 0, rows, FACTORS, items.scores, 0);
      for (int row = 0; row < rows; row++) {
        if (items.scores[row] >= items.top.threshold()) {
          items.top.offer(from + row, items.scores[row]);
        }
      }
    }
    items.top.drainTo(items.topItems, items.topScores);
    return items.topItems[0];
  }

  /**
   * Reads from one place after another.
   *
   * @param longs to be read
   * @return their sum
   */
  @Benchmark
  public long readInOrder(Longs longs) {
    long sum = 0;
    for (long value : longs.values) {
      sum += value;
    }
    return sum;
  }

  /**
   * Reads from four places side by side.
   *
   * @param longs to be read
   * @return their sum
   */
  @Benchmark
  public long readFourStreams(Longs longs) {
    long[] values = longs.values;
    int quarter = values.length / 4;
    long a = 0;
    long b = 0;
    long c = 0;
    long d = 0;
    for (int i = 0; i < quarter; i++) {
      a += values[i];
      b += values[i + quarter];
      c += values[i + 2 * quarter];
      d += values[i + 3 * quarter];
    }
    return a + b + c + d;
  }

  /**
   * Runs the benchmark and prints the shares.
   *
   * @param args none
   * @throws Exception if JMH fails
   */
  public static void main(String[] args) throws Exception {
    Options options = new OptionsBuilder().include(ScanBenchmark.class.getSimpleName()).build();
    Collection<RunResult> results = new Runner(options).run();
    double fastest =
        Math.min(medianMicros(results, "readInOrder"), medianMicros(results, "readFourStreams"));
    double read = fastest / (8.0 * LONGS);
    System.out.printf("read bandwidth of one core: %.1f GB/s%n", 1e-3 / read);
    for (String kernels : new String[] {"scalar", "vector"}) {
      double micros = medianMicros(results, kernels);
      double scan = micros / (4.0 * FACTORS * ITEMS);
      System.out.printf(
          "%s: %.2f ms per scan, %.1f GB/s, %.2f of the read bandwidth%n",
          kernels, micros / 1e3, 1e-3 / scan, read / scan);
    }
  }

  private static double medianMicros(Collection<RunResult> results, String benchmark) {
    return results.stream()
        .filter(r -> r.getParams().getBenchmark().endsWith("." + benchmark))
        .findFirst()
        .orElseThrow()
        .getPrimaryResult()
        .getStatistics()
        .getPercentile(50);
  }
}
