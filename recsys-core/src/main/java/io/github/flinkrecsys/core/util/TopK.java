/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.util;

import java.util.Objects;

/**
 * Keeps the k best (item, score) pairs of those offered.
 *
 * <p>The higher score comes first; among equal scores the tie breaker decides, by default for the
 * lower item index. So the outcome does not depend on the order of the offers, as long as the tie
 * breaker orders the items that share a score totally. Infinite scores rank like any other; {@code
 * -0f} equals {@code 0f}.
 *
 * <p>Not safe for use by several threads at once.
 *
 * @implNote A binary heap with the worst pair at its root: 8k bytes of arrays, and none allocated
 *     after construction.
 */
public final class TopK {
  private final int[] items;
  private final float[] scores;
  private final TieBreaker tie;
  private int size;

  /** Orders items of equal score. */
  @FunctionalInterface
  public interface TieBreaker {
    /**
     * Compares two items whose scores are equal.
     *
     * @param a an item
     * @param b another item
     * @return negative if {@code a} comes first, positive if {@code b} does, 0 if they are the same
     */
    int compare(int a, int b);
  }

  /**
   * Makes an empty one in which, among equal scores, the lower item index comes first.
   *
   * @param k how many pairs to keep
   * @throws IllegalArgumentException if {@code k} is not positive
   */
  public TopK(int k) {
    this(k, Integer::compare);
  }

  /**
   * Makes an empty one.
   *
   * @param k how many pairs to keep
   * @param tie orders items of equal score; asked about no others
   * @throws IllegalArgumentException if {@code k} is not positive or there is no tie breaker
   */
  public TopK(int k, TieBreaker tie) {
    Checks.positive("k", k);
    this.tie = Checks.notNull("tie", tie);
    items = new int[k];
    scores = new float[k];
  }

  /**
   * Offers a pair, which stays if it is among the k best so far.
   *
   * @param item its index; offered twice, it may stay twice
   * @param score the higher, the better
   * @return whether it stays for now
   * @throws IllegalArgumentException if the score is NaN: an overflowed model must not rank
   * @implNote O(log k) time, O(1) for a score below {@link #threshold}; no allocation.
   */
  public boolean offer(int item, float score) {
    if (Float.isNaN(score)) {
      throw new IllegalArgumentException("score must be a number, got NaN for item " + item);
    }
    if (size < items.length) {
      siftUp(size++, item, score);
      return true;
    }
    if (!isWorse(items[0], scores[0], item, score)) {
      return false;
    }
    siftDown(item, score);
    return true;
  }

  /**
   * Tells what a score has to reach.
   *
   * @return a score below which {@link #offer} refuses, and at which the tie breaker decides;
   *     {@link Float#NEGATIVE_INFINITY} while fewer than k pairs are kept
   */
  public float threshold() {
    return size < items.length ? Float.NEGATIVE_INFINITY : scores[0];
  }

  /**
   * Tells how many pairs are kept.
   *
   * @return from 0 to k
   */
  public int size() {
    return size;
  }

  /** Forgets all pairs. */
  public void clear() {
    size = 0;
  }

  /**
   * Moves all pairs out, best first, and is empty afterwards.
   *
   * @param items receives the item indexes, from index 0 on
   * @param scores receives their scores, from index 0 on
   * @return how many there were
   * @throws IndexOutOfBoundsException if an array is shorter than {@link #size}; nothing has moved
   *     then
   * @implNote O(k log k) time, no allocation.
   */
  public int drainTo(int[] items, float[] scores) {
    int drained = size;
    Objects.checkFromIndexSize(0, drained, items.length);
    Objects.checkFromIndexSize(0, drained, scores.length);
    for (int to = drained - 1; to >= 0; to--) {
      items[to] = this.items[0];
      scores[to] = this.scores[0];
      size = to;
      siftDown(this.items[to], this.scores[to]);
    }
    return drained;
  }

  private void siftUp(int hole, int item, float score) {
    int at = hole;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (!isWorse(item, score, items[parent], scores[parent])) {
        break;
      }
      items[at] = items[parent];
      scores[at] = scores[parent];
      at = parent;
    }
    items[at] = item;
    scores[at] = score;
  }

  /** Puts a pair in the place of the root. */
  private void siftDown(int item, float score) {
    int at = 0;
    while (2 * at + 1 < size) {
      int child = 2 * at + 1;
      int right = child + 1;
      if (right < size && isWorse(items[right], scores[right], items[child], scores[child])) {
        child = right;
      }
      if (!isWorse(items[child], scores[child], item, score)) {
        break;
      }
      items[at] = items[child];
      scores[at] = scores[child];
      at = child;
    }
    items[at] = item;
    scores[at] = score;
  }

  private boolean isWorse(int item, float score, int thanItem, float thanScore) {
    return score < thanScore || score == thanScore && tie.compare(item, thanItem) > 0;
  }
}
