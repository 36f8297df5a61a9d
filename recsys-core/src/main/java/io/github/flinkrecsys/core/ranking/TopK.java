/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.util.Checks;

/**
 * Keeps the k best (item, score) pairs of any number. Higher scores first; equal scores in the
 * order of a {@link TieBreaker}, so that the result does not depend on the order of arrival.
 *
 * <p>A binary heap with the worst kept pair on top: O(log k) per offer that enters, O(1) for one
 * that does not. 8k bytes. Belongs to one thread; reusable without allocation.
 */
public final class TopK {
  /** Orders items of equal score. */
  @FunctionalInterface
  public interface TieBreaker {
    /**
     * Compares two items.
     *
     * @param a an item
     * @param b another item
     * @return negative if {@code a} comes first, positive if {@code b} does
     */
    int compare(int a, int b);
  }

  private final TieBreaker ties;
  private final int[] items;
  private final float[] scores;
  private int size;

  /**
   * Makes an empty selection in which, of equal scores, the lower item index comes first.
   *
   * @param k how many pairs are kept, at least 1
   */
  public TopK(int k) {
    this(k, Integer::compare);
  }

  /**
   * Makes an empty selection.
   *
   * @param k how many pairs are kept, at least 1
   * @param ties asked only about equal scores
   */
  public TopK(int k, TieBreaker ties) {
    Checks.positive("k", k);
    this.ties = Checks.notNull("ties", ties);
    this.items = new int[k];
    this.scores = new float[k];
  }

  /**
   * Offers a pair.
   *
   * @param item index of the item
   * @param score of the item
   * @return whether it is kept for now
   * @throws IllegalArgumentException if the score is NaN: an overflowed model must not rank
   */
  public boolean offer(int item, float score) {
    Checks.require(!Float.isNaN(score), "score", "a number", score);
    if (size < items.length) {
      siftUp(size++, item, score);
      return true;
    }
    if (isBefore(item, score, items[0], scores[0])) {
      siftDown(item, score);
      return true;
    }
    return false;
  }

  /**
   * Tells which scores are worth offering.
   *
   * @return a lower score will not be kept; negative infinity while there is room
   */
  public float threshold() {
    return size < items.length ? Float.NEGATIVE_INFINITY : scores[0];
  }

  /**
   * Counts the pairs.
   *
   * @return number of pairs kept, at most k
   */
  public int size() {
    return size;
  }

  /** Forgets all pairs. */
  public void clear() {
    size = 0;
  }

  /**
   * Moves the pairs out, best first, and is empty then.
   *
   * @param intoItems receives the items; at least {@link #size} long
   * @param intoScores receives the scores; at least {@link #size} long
   * @return number of pairs
   */
  public int drainTo(int[] intoItems, float[] intoScores) {
    int count = size;
    while (size > 0) {
      int last = --size;
      intoItems[last] = items[0];
      intoScores[last] = scores[0];
      siftDown(items[last], scores[last]);
    }
    return count;
  }

  private boolean isBefore(int item, float score, int otherItem, float otherScore) {
    return score > otherScore || (score == otherScore && ties.compare(item, otherItem) < 0);
  }

  private void siftUp(int from, int item, float score) {
    int at = from;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (!isBefore(items[parent], scores[parent], item, score)) {
        break;
      }
      items[at] = items[parent];
      scores[at] = scores[parent];
      at = parent;
    }
    items[at] = item;
    scores[at] = score;
  }

  /** Replaces the top by a pair and moves that to its place. */
  private void siftDown(int item, float score) {
    int at = 0;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      if (child + 1 < size
          && isBefore(items[child], scores[child], items[child + 1], scores[child + 1])) {
        child++;
      }
      if (!isBefore(item, score, items[child], scores[child])) {
        break;
      }
      items[at] = items[child];
      scores[at] = scores[child];
      at = child;
    }
    items[at] = item;
    scores[at] = score;
  }
}
