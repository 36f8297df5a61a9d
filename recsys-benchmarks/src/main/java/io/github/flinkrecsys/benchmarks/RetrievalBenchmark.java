/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.benchmarks;

import io.github.flinkrecsys.core.ranking.FactorRetrieval;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.util.TopK;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * What does the scan of codes gain against the scan of factors, and what does keeping the codes up
 * to date cost? Top 100 of 64 factors: latency, recall, cost per changed row, bytes per item.
 *
 * <p>On clustered vectors and on factors learned from a generated stream. The scans take turns,
 * query by query. Usage: {@code retrieval [items ...]}, default 100,000 and 1,000,000.
 */
public final class RetrievalBenchmark {
  private static final int K = 100;
  private static final int WARM_UP = 200;
  private static final int QUERIES = 400;

  /** One interaction and ten negatives. */
  private static final int ROWS_PER_EVENT = 11;

  private static final int EVENTS_PER_SECOND = 5_000;

  private final String name;
  private final RetrievalModel model;
  private final ItemReplica items;
  private final FactorRetrieval factors;
  private final FactorRetrieval codes;
  private final TopK top = new TopK(K);
  private final float[] scores = new float[K];
  private final Random random = new Random(42);

  private RetrievalBenchmark(String name, RetrievalModel model) {
    this.name = name;
    this.model = model;
    this.items = model.items();
    this.factors = FactorRetrieval.bySize(items, Integer.MAX_VALUE);
    this.codes = FactorRetrieval.bySize(items, 0);
  }

  /**
   * Runs the benchmark.
   *
   * @param args numbers of items
   * @throws InterruptedException if interrupted
   */
  public static void main(String[] args) throws InterruptedException {
    int[] sizes =
        args.length == 0
            ? new int[] {100_000, 1_000_000}
            : Arrays.stream(args).mapToInt(Integer::parseInt).toArray();
    for (int size : sizes) {
      new RetrievalBenchmark("clustered", RetrievalModel.clustered(size)).run();
      new RetrievalBenchmark("learned", RetrievalModel.learned(size)).run();
    }
  }

  private interface Work {
    void run();
  }

  private void run() throws InterruptedException {
    System.out.printf("%,d items, %s%n", items.size(), name);
    long before = usedBytes();
    for (int slot = 0; slot < items.size(); slot++) {
      items.quantize(slot);
    }
    System.out.printf(
        "  codes: %.1f bytes per item%n", (double) (usedBytes() - before) / items.size());
    compare("at rest", () -> {});
    compare("one event per query", this::changeOneEvent);
    AtomicBoolean done = new AtomicBoolean();
    Thread writer = new Thread(() -> changeUntil(done));
    writer.start();
    compare("5,000 events per second", () -> {});
    done.set(true);
    writer.join();
    measureUpdates();
  }

  private void compare(String label, Work before) {
    long[] factorNanos = new long[QUERIES];
    long[] codeNanos = new long[QUERIES];
    int found = 0;
    for (int n = -WARM_UP; n < QUERIES; n++) {
      float[] user = model.users()[Math.floorMod(n, model.users().length)];
      int[] exact = new int[K];
      int[] retrieved = new int[K];
      before.run();
      // Taking turns as to who comes first, and finds the caches as the other left them.
      long codeTime = n % 2 == 0 ? time(codes, user, retrieved) : 0;
      long factorTime = time(factors, user, exact);
      codeTime = n % 2 == 0 ? codeTime : time(codes, user, retrieved);
      if (n >= 0) {
        factorNanos[n] = factorTime;
        codeNanos[n] = codeTime;
        found += common(exact, retrieved);
      }
    }
    Arrays.sort(factorNanos);
    Arrays.sort(codeNanos);
    System.out.printf(
        "  %-24s factors p50 %7.0f p99 %7.0f us, codes p50 %7.0f p99 %7.0f us, recall@%d %.4f%n",
        label,
        factorNanos[QUERIES / 2] / 1e3,
        factorNanos[QUERIES * 99 / 100] / 1e3,
        codeNanos[QUERIES / 2] / 1e3,
        codeNanos[QUERIES * 99 / 100] / 1e3,
        K,
        found / (double) (K * QUERIES));
  }

  private long time(FactorRetrieval retrieval, float[] user, int[] into) {
    long start = System.nanoTime();
    retrieval.retrieve(user, Float.NEGATIVE_INFINITY, slot -> true, top);
    top.drainTo(into, scores);
    return System.nanoTime() - start;
  }

  private static int common(int[] exact, int[] retrieved) {
    int[] sorted = exact.clone();
    Arrays.sort(sorted);
    return (int) IntStream.of(retrieved).filter(s -> Arrays.binarySearch(sorted, s) >= 0).count();
  }

  private void changeOneEvent() {
    for (int row = 0; row < ROWS_PER_EVENT; row++) {
      change(random);
    }
  }

  private void changeUntil(AtomicBoolean done) {
    Random own = new Random(7);
    long start = System.nanoTime();
    for (long changed = 0; !done.get(); ) {
      if (changed < (System.nanoTime() - start) / 1e9 * EVENTS_PER_SECOND * ROWS_PER_EVENT) {
        change(own);
        changed++;
      } else {
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  private void change(Random from) {
    items.addFactors(from.nextInt(items.size()), model.deltas()[from.nextInt(64)], 0);
  }

  private void measureUpdates() {
    double write = Double.MAX_VALUE;
    double quantize = Double.MAX_VALUE;
    for (int run = 0; run < 20; run++) {
      int[] slots = random.ints(100_000, 0, items.size()).toArray();
      write = Math.min(write, nanosEach(slots, s -> items.addFactors(s, model.deltas()[0], 0)));
      quantize = Math.min(quantize, nanosEach(slots, items::quantize));
    }
    System.out.printf(
        "  adding a delta %.0f ns, making codes of a changed row %.0f ns%n", write, quantize);
  }

  private static double nanosEach(int[] slots, IntConsumer work) {
    long start = System.nanoTime();
    for (int slot : slots) {
      work.accept(slot);
    }
    return (double) (System.nanoTime() - start) / slots.length;
  }

  private static long usedBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
