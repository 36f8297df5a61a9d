/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.evaluation;

import java.util.Arrays;

/**
 * Part of the metrics of one source in one event-time window: sums, which commute. Every scored
 * event is in exactly one part.
 *
 * @param source whose lists were judged
 * @param windowStartMillis first event time of the window
 * @param windowEndMillis first event time after the window
 * @param k length of the lists
 * @param scored events whose lists were judged
 * @param hits events whose item was in the list
 * @param reciprocalRanks sum over hits of {@code 1 / rank}, ranks from 1
 * @param gains sum over hits of {@code 1 / log2(1 + rank)}
 * @param rated events whose rating was predicted
 * @param absoluteErrors sum of {@code |rating - prediction|}
 * @param squaredErrors sum of {@code (rating - prediction)^2}
 * @param listedItems hashes of items that stood in a list; sets, so that repeats do no harm
 * @param knownItems largest number of items that could have been listed
 */
public record EvaluationSums(
    String source,
    long windowStartMillis,
    long windowEndMillis,
    int k,
    long scored,
    long hits,
    double reciprocalRanks,
    double gains,
    long rated,
    double absoluteErrors,
    double squaredErrors,
    long[] listedItems,
    long knownItems) {

  @Override
  public boolean equals(Object other) {
    return other instanceof EvaluationSums that
        && source.equals(that.source)
        && windowStartMillis == that.windowStartMillis
        && windowEndMillis == that.windowEndMillis
        && k == that.k
        && scored == that.scored
        && hits == that.hits
        && reciprocalRanks == that.reciprocalRanks
        && gains == that.gains
        && rated == that.rated
        && absoluteErrors == that.absoluteErrors
        && squaredErrors == that.squaredErrors
        && Arrays.equals(listedItems, that.listedItems)
        && knownItems == that.knownItems;
  }

  @Override
  public int hashCode() {
    return 31 * source.hashCode() + Long.hashCode(windowStartMillis);
  }
}
