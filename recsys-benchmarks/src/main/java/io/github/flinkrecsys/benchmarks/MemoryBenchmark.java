/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.benchmarks;

import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.neighbor.ItemNeighbors;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.replica.ReplicaConfig;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.Random;

/**
 * How much heap does a replica take? Items of 64 factors with counts and ids, then 50 neighbours of
 * each, then byte codes of all factors. Heap in use after a full collection, less what was in use
 * before.
 *
 * <p>Usage: {@code memory [items]}, default 1,000,000.
 */
public final class MemoryBenchmark {
  private static final int FACTORS = 64;
  private static final int NEIGHBORS = 50;

  private MemoryBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param args number of items
   * @throws InterruptedException if interrupted
   */
  public static void main(String[] args) throws InterruptedException {
    int count = args.length == 0 ? 1_000_000 : Integer.parseInt(args[0]);
    DecayedCount decay = DecayedCount.withHalfLife(Duration.ofDays(90));
    long before = usedBytes();

    ItemReplica items = new ItemReplica(new ReplicaConfig(FACTORS, 0.1, 1, count));
    for (int i = 0; i < count; i++) {
      int slot = items.admit("item-" + i);
      items.addPopularity(slot, decay.of(1, i));
    }
    long withItems = usedBytes();
    report("items, 64 factors", withItems - before, count);

    NeighborConfig config =
        NeighborConfig.builder().maxNeighbors(NEIGHBORS).window(NEIGHBORS).build();
    ItemNeighbors neighbors = new ItemNeighbors(config, items, decay);
    fill(neighbors, count);
    long withNeighbors = usedBytes();
    report("50 neighbours of each", withNeighbors - withItems, count);
    report("both", withNeighbors - before, count);

    for (int slot = 0; slot < count; slot++) {
      items.quantize(slot);
    }
    long withCodes = usedBytes();
    report("byte codes", withCodes - withNeighbors, count);
    report("all", withCodes - before, count);
    Reference.reachabilityFence(neighbors);
  }

  private static void fill(ItemNeighbors neighbors, int count) {
    Random random = new Random(1);
    int[] recent = new int[NEIGHBORS];
    for (int slot = 0; slot < count; slot++) {
      for (int n = 0; n < NEIGHBORS; n++) {
        recent[n] = random.nextInt(count);
      }
      neighbors.learn(slot, recent, NEIGHBORS, 1, slot);
    }
    int[] slots = new int[NEIGHBORS];
    float[] weights = new float[NEIGHBORS];
    long listed = 0;
    for (int slot = 0; slot < count; slot++) {
      listed += neighbors.read(slot, count, slots, weights, new float[NEIGHBORS]);
    }
    System.out.printf("%.1f neighbours per item%n", (double) listed / count);
  }

  private static void report(String part, long bytes, int count) {
    System.out.printf(
        "%-22s %7.1f MiB, %6.1f bytes per item%n", part, bytes / 1048576.0, (double) bytes / count);
  }

  private static long usedBytes() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(100);
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
