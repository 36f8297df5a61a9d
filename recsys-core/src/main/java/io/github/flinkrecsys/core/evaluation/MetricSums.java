/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.evaluation;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.Arrays;

/**
 * Sums of one source over a window or over everything. Flink POJO; 8 bytes per listed item beside
 * the fixed fields.
 */
public class MetricSums {
  /** Events whose lists were judged. */
  public long scored;

  /** Events whose item was in the list. */
  public long hits;

  /** Sum of reciprocal ranks. */
  public double reciprocalRanks;

  /** Sum of discounted gains. */
  public double gains;

  /** Events whose rating was predicted. */
  public long rated;

  /** Sum of absolute errors. */
  public double absoluteErrors;

  /** Sum of squared errors. */
  public double squaredErrors;

  /** Length of the lists. */
  public int k;

  /** Length of a window. */
  public long windowMillis;

  /** Largest number of items known. */
  public long knownItems;

  /**
   * Hashes of all items listed, each once, ascending. They are kept where the number of items is
   * known alone, since there is no coverage without it; so they are at most as many as that.
   */
  public long[] listedItems = new long[0];

  /** Makes empty sums. */
  public MetricSums() {}

  /**
   * Adds a part.
   *
   * @param part of the same source
   */
  public void add(EvaluationSums part) {
    k = part.k();
    windowMillis = part.windowEndMillis() - part.windowStartMillis();
    scored += part.scored();
    hits += part.hits();
    reciprocalRanks += part.reciprocalRanks();
    gains += part.gains();
    rated += part.rated();
    absoluteErrors += part.absoluteErrors();
    squaredErrors += part.squaredErrors();
    knownItems = Math.max(knownItems, part.knownItems());
    if (part.listedItems().length > 0 && part.knownItems() > 0) {
      LongOpenHashSet union = new LongOpenHashSet(listedItems);
      for (long item : part.listedItems()) {
        union.add(item);
      }
      if (union.size() > listedItems.length) {
        listedItems = union.toLongArray();
        Arrays.sort(listedItems);
      }
    }
  }

  /**
   * Computes the metrics.
   *
   * @param source whose lists were judged
   * @param total whether these are the sums of everything
   * @param windowEndMillis first event time after the window that has closed
   * @return the metrics, NaN where nothing was scored or rated
   */
  public EvaluationResult result(String source, boolean total, long windowEndMillis) {
    return new EvaluationResult(
        source,
        total,
        windowEndMillis - windowMillis,
        windowEndMillis,
        k,
        scored,
        mean(hits, scored),
        mean(reciprocalRanks, scored),
        mean(gains, scored),
        mean(listedItems.length, knownItems),
        rated,
        mean(absoluteErrors, rated),
        Math.sqrt(mean(squaredErrors, rated)));
  }

  private static double mean(double sum, long count) {
    return count == 0 ? Double.NaN : sum / count;
  }
}
