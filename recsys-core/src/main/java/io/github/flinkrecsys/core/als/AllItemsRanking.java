/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.als;

import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.core.util.TopK;
import java.util.Arrays;

/**
 * The best of all items for many users of a model at once, exactly: every item is scored. For
 * judging a model; a running job ranks from its replica.
 *
 * <p>It holds the items' vectors once more. May be shared by threads.
 */
public final class AllItemsRanking {
  /** Items that are scored together: four rows of so many, and the scores, fit the first cache. */
  private static final int BLOCK = 1024;

  private final FactorModel model;
  private final InteractionMatrix seen;

  /** Per block and factor, that factor of all items in the block. */
  private final float[][][] columns;

  /**
   * Makes a ranking.
   *
   * @param model whose users and items are ranked
   * @param seen the interactions that it was trained on; they are left out
   * @throws IllegalArgumentException if the interactions are not of the model's users and items
   */
  public AllItemsRanking(FactorModel model, InteractionMatrix seen) {
    this.model = Checks.notNull("model", model);
    this.seen = Checks.notNull("seen", seen);
    boolean same = model.userIds().equals(seen.userIds()) && model.itemIds().equals(seen.itemIds());
    Checks.require(same, "seen", "of the users and items of the model", "others");
    int items = model.itemIds().size();
    columns = new float[(items + BLOCK - 1) / BLOCK][][];
    for (int b = 0; b < columns.length; b++) {
      columns[b] = transposed(b * BLOCK, Math.min(items, (b + 1) * BLOCK));
    }
  }

  private float[][] transposed(int from, int to) {
    float[][] block = new float[(model.factors() + 3) / 4 * 4][to - from];
    for (int i = from; i < to; i++) {
      float[] item = model.item(i);
      for (int k = 0; k < item.length; k++) {
        block[k][i - from] = item[k];
      }
    }
    return block;
  }

  /**
   * Ranks for some users; some dozens at once read the items from the cache.
   *
   * @param fromUser index of the first user
   * @param toUser index after the last
   * @param k length of a list, at least 1
   * @return per user the indices of its best items that it has not seen, best first, equal scores
   *     by index; fewer than {@code k} if there are no more
   * @throws IllegalArgumentException if {@code k} is not positive
   * @throws IndexOutOfBoundsException if there are no such users
   * @implNote O(users * items * factors) time.
   */
  public int[][] topItems(int fromUser, int toUser, int k) {
    int count = toUser - fromUser;
    TopK[] tops = new TopK[count];
    int[][] seenItems = new int[count][];
    int[] nextSeen = new int[count];
    for (int u = 0; u < count; u++) {
      tops[u] = new TopK(k);
      seenItems[u] = seen.itemsOf(fromUser + u);
    }
    float[] scores = new float[BLOCK];
    for (int b = 0; b < columns.length; b++) {
      int size = columns[b][0].length;
      for (int u = 0; u < count; u++) {
        score(model.user(fromUser + u), columns[b], size, scores);
        nextSeen[u] = offer(tops[u], scores, b * BLOCK, size, seenItems[u], nextSeen[u]);
      }
    }
    return Arrays.stream(tops).map(AllItemsRanking::drained).toArray(int[][]::new);
  }

  private static void score(float[] user, float[][] columns, int size, float[] scores) {
    float[] padded = Arrays.copyOf(user, columns.length);
    Arrays.fill(scores, 0f);
    for (int k = 0; k < columns.length; k += 4) {
      Rows.addFour(
          scores,
          size,
          padded[k],
          columns[k],
          padded[k + 1],
          columns[k + 1],
          padded[k + 2],
          columns[k + 2],
          padded[k + 3],
          columns[k + 3]);
    }
  }

  private static int offer(
      TopK top, float[] scores, int firstItem, int size, int[] seenItems, int nextSeen) {
    int next = nextSeen;
    for (int i = 0; i < size; i++) {
      if (next < seenItems.length && seenItems[next] == firstItem + i) {
        next++;
      } else if (scores[i] >= top.threshold()) {
        top.offer(firstItem + i, scores[i]);
      }
    }
    return next;
  }

  private static int[] drained(TopK top) {
    int[] items = new int[top.size()];
    top.drainTo(items, new float[items.length]);
    return items;
  }
}
