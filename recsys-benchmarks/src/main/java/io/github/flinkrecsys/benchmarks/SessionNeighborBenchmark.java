/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.benchmarks;

import io.github.flinkrecsys.core.neighbor.IndexedSession;
import io.github.flinkrecsys.core.neighbor.NextItem;
import io.github.flinkrecsys.core.neighbor.SessionIndex;
import io.github.flinkrecsys.core.neighbor.SessionIndexConfig;
import io.github.flinkrecsys.core.neighbor.SessionNeighborConfig;
import io.github.flinkrecsys.core.neighbor.SessionNeighbors;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * How long does a session query take, on 18,000 sessions and on a hundred times as many? Sessions
 * of 1 to 7 items, skewed popularity, live sessions of 1 to 10 items.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@State(Scope.Benchmark)
public class SessionNeighborBenchmark {
  private static final int SESSIONS = 17_794;
  private static final int ITEMS = 2_933;
  private static final int QUERIES = 4096;
  private static final int LIST_LENGTH = 20;

  @Param({"1", "100"})
  private int times;

  private SessionIndex index;
  private SessionNeighbors neighbors;
  private final String[][] live = new String[QUERIES][];
  private int next;
  private long added;
  private final Random random = new Random(42);

  /** Makes the benchmark, as JMH requires. */
  public SessionNeighborBenchmark() {}

  /** Fills the index. */
  @Setup
  public void fill() {
    SessionIndexConfig bounds =
        SessionIndexConfig.builder().maxSessions(SESSIONS * times).maxBytes(2L << 30).build();
    index = new SessionIndex(bounds);
    while (added < (long) SESSIONS * times) {
      addNext();
    }
    neighbors = new SessionNeighbors(index, SessionNeighborConfig.defaults());
    Arrays.setAll(live, i -> items(1 + random.nextInt(10)));
    System.out.printf(
        "%,d sessions of %,d items: %.1f bytes per session%n",
        index.size(), index.itemCount(), (double) index.bytes() / index.size());
  }

  private boolean addNext() {
    return index.add(IndexedSession.of("s" + added, items(1 + random.nextInt(7)), 1000 * added++));
  }

  /** Items near each other in popularity go together, so sessions have neighbours. */
  private String[] items(int length) {
    int catalogue = ITEMS * times;
    double centre = random.nextDouble();
    String[] items = new String[length];
    for (int i = 0; i < length; i++) {
      double place = Math.abs(centre + 0.02 * random.nextGaussian());
      items[i] = "item-" + (int) (catalogue * Math.min(0.999999, place * place * place));
    }
    return items;
  }

  /**
   * Asks for the next 20 items.
   *
   * @return the list
   */
  @Benchmark
  public List<NextItem> query() {
    next = (next + 1) % QUERIES;
    return neighbors.nextItems(List.of(live[next]), LIST_LENGTH, 1000 * added);
  }

  /**
   * Adds a session to the full index, which removes the oldest.
   *
   * @return true
   */
  @Benchmark
  public boolean add() {
    return addNext();
  }

  /**
   * Runs the benchmark and prints the percentiles.
   *
   * @param args none
   * @throws Exception if JMH fails
   */
  public static void main(String[] args) throws Exception {
    for (RunResult result :
        new Runner(
                new OptionsBuilder()
                    .include(SessionNeighborBenchmark.class.getSimpleName())
                    .build())
            .run()) {
      System.out.printf(
          "%s at %s x %,d sessions: p50 %.1f us, p90 %.1f us%n",
          result.getPrimaryResult().getLabel(),
          result.getParams().getParam("times"),
          SESSIONS,
          result.getPrimaryResult().getStatistics().getPercentile(50),
          result.getPrimaryResult().getStatistics().getPercentile(90));
    }
  }
}
