/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.als;

import io.github.flinkrecsys.core.als.AllItemsRanking;
import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/**
 * How well lists of 20 meet the test pairs, as LightGCN's authors judge: means over users who have
 * test pairs.
 *
 * @param users that were judged
 * @param recallAt20 share of a user's test items that are in its list
 * @param ndcgAt20 discounted gain of the list, as a share of that of the best possible list
 * @see <a href="https://doi.org/10.1145/3397271.3401063">He et al., LightGCN, 2020</a>
 */
public record HeldOutMetrics(long users, double recallAt20, double ndcgAt20) {
  static final int LIST_LENGTH = 20;

  private static final int USERS_PER_TASK = 64;

  /**
   * Judges.
   *
   * @param ranking of the model
   * @param wanted per user the test items, as in {@link HeldOut}
   * @param threads to rank on
   * @return the means; NaN if no user has test pairs
   */
  public static HeldOutMetrics of(AllItemsRanking ranking, int[][] wanted, int threads) {
    ForkJoinPool pool = new ForkJoinPool(threads);
    try {
      return pool.submit(() -> judged(ranking, wanted)).join();
    } finally {
      pool.shutdown();
    }
  }

  private static HeldOutMetrics judged(AllItemsRanking ranking, int[][] wanted) {
    HeldOutMetrics[] parts =
        IntStream.range(0, (wanted.length + USERS_PER_TASK - 1) / USERS_PER_TASK)
            .parallel()
            .mapToObj(
                task -> {
                  int from = task * USERS_PER_TASK;
                  int to = Math.min(wanted.length, from + USERS_PER_TASK);
                  return sums(ranking.topItems(from, to, LIST_LENGTH), wanted, from);
                })
            .toArray(HeldOutMetrics[]::new);
    long users = 0;
    double recall = 0;
    double ndcg = 0;
    for (HeldOutMetrics part : parts) {
      users += part.users;
      recall += part.recallAt20;
      ndcg += part.ndcgAt20;
    }
    return new HeldOutMetrics(users, recall / users, ndcg / users);
  }

  private static HeldOutMetrics sums(int[][] lists, int[][] wanted, int firstUser) {
    long users = 0;
    double recall = 0;
    double ndcg = 0;
    for (int u = 0; u < lists.length; u++) {
      int[] items = wanted[firstUser + u];
      if (items.length > 0) {
        users++;
        recall += recall(lists[u], items);
        ndcg += ndcg(lists[u], items);
      }
    }
    return new HeldOutMetrics(users, recall, ndcg);
  }

  static double recall(int[] list, int[] wanted) {
    return (double) IntStream.of(list).filter(item -> contains(wanted, item)).count()
        / wanted.length;
  }

  static double ndcg(int[] list, int[] wanted) {
    double gain = 0;
    for (int rank = 0; rank < list.length; rank++) {
      gain += contains(wanted, list[rank]) ? discount(rank) : 0;
    }
    double best = 0;
    for (int rank = 0; rank < Math.min(LIST_LENGTH, wanted.length); rank++) {
      best += discount(rank);
    }
    return gain / best;
  }

  private static boolean contains(int[] ascending, int item) {
    return Arrays.binarySearch(ascending, item) >= 0;
  }

  private static double discount(int rank) {
    return Math.log(2) / Math.log(rank + 2);
  }
}
