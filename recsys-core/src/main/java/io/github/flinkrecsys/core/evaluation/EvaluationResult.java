/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.evaluation;

/**
 * Metrics of one source, of one event-time window or of everything so far.
 *
 * <p>An event is scored if its user has interacted before and has not yet interacted with its item
 * (within the memory of seen items). It is ranked among all known items that the user has not seen
 * and that the rules allow; an item that nobody has interacted with before is a miss. With one
 * relevant item per event:
 *
 * <ul>
 *   <li>recall@k: share of scored events whose item is among the first k;
 *   <li>MRR@k: mean of {@code 1 / rank}, 0 for a miss;
 *   <li>NDCG@k: mean of {@code 1 / log2(1 + rank)}, 0 for a miss (the ideal list has gain 1);
 *   <li>coverage: distinct items in any first k, as a share of all known items.
 * </ul>
 *
 * <p>Lists that were served (source {@code served}) are judged by what the user turned to next,
 * also by items that the user has seen; all items are not known there, so coverage is NaN.
 *
 * @param source whose lists were judged
 * @param total true for everything so far, false for one window
 * @param windowStartMillis first event time of the window; of the last one closed where {@code
 *     total}
 * @param windowEndMillis first event time after that window
 * @param k length of the lists
 * @param scored events whose lists were judged
 * @param recall in [0, 1]; NaN while nothing was scored, as are the others
 * @param mrr in [0, 1]
 * @param ndcg in [0, 1]
 * @param coverage in [0, 1], or NaN for what was served
 * @param rated events whose rating was predicted
 * @param mae mean absolute error, in rating units; NaN while nothing was rated
 * @param rmse root of the mean squared error, in rating units; NaN while nothing was rated
 */
public record EvaluationResult(
    String source,
    boolean total,
    long windowStartMillis,
    long windowEndMillis,
    int k,
    long scored,
    double recall,
    double mrr,
    double ndcg,
    double coverage,
    long rated,
    double mae,
    double rmse) {}
