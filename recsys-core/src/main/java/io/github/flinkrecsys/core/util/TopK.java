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
 * @implNote Gathers up to 2k pairs, and throws the worse half away whenever there are as many, by
 *     quickselect (Hoare, Algorithm 65: Find, 1961): where most offers fall short of the threshold,
 *     half the time of a heap. 16k bytes of arrays, and none allocated after construction.
 */
public final class TopK {
  /** Ranges up to this length are sorted by insertion. */
  private static final int SHORT = 12;

  private final int k;
  private final int[] items;
  private final float[] scores;
  private final TieBreaker tie;
  private int size;

  /** The worst of the k best when they were last selected; nothing worse gets in. */
  private int worstItem;

  private float worstScore = Float.NEGATIVE_INFINITY;
  private boolean isSelective;

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
    this.k = k;
    items = new int[2 * k];
    scores = new float[2 * k];
  }

  /**
   * Offers a pair.
   *
   * @param item its index; offered twice, it may stay twice
   * @param score the higher, the better
   * @throws IllegalArgumentException if the score is NaN: an overflowed model must not rank
   * @implNote O(1) amortized; no allocation.
   */
  public void offer(int item, float score) {
    if (Float.isNaN(score)) {
      throw new IllegalArgumentException("score must be a number, got NaN for item " + item);
    }
    if (isSelective && !isBetter(item, score, worstItem, worstScore)) {
      return;
    }
    items[size] = item;
    scores[size++] = score;
    if (size == items.length) {
      select();
    }
  }

  /**
   * Tells what a score has to reach.
   *
   * @return a score below which {@link #offer} does nothing, not above the kth best so far; {@link
   *     Float#NEGATIVE_INFINITY} at first
   */
  public float threshold() {
    return worstScore;
  }

  /**
   * Tells how many pairs are kept.
   *
   * @return from 0 to k
   */
  public int size() {
    return Math.min(k, size);
  }

  /** Forgets all pairs. */
  public void clear() {
    size = 0;
    worstScore = Float.NEGATIVE_INFINITY;
    isSelective = false;
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
    int drained = size();
    Objects.checkFromIndexSize(0, drained, items.length);
    Objects.checkFromIndexSize(0, drained, scores.length);
    if (size > k) {
      select();
    }
    sort(0, drained - 1);
    System.arraycopy(this.items, 0, items, 0, drained);
    System.arraycopy(this.scores, 0, scores, 0, drained);
    clear();
    return drained;
  }

  /** Keeps the k best, the worst of them last. */
  private void select() {
    int low = 0;
    int high = size - 1;
    while (low < high) {
      int middle = partition(low, high);
      if (middle >= k - 1) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    size = k;
    worstItem = items[k - 1];
    worstScore = scores[k - 1];
    isSelective = true;
  }

  private void sort(int from, int to) {
    int low = from;
    while (to - low >= SHORT) {
      int middle = partition(low, to);
      sort(low, middle);
      low = middle + 1;
    }
    for (int i = low + 1; i <= to; i++) {
      for (int j = i; j > low && isBetter(j, j - 1); j--) {
        swap(j, j - 1);
      }
    }
  }

  /** Moves what is better than the median of three before what is worse; gives where they part. */
  private int partition(int low, int high) {
    int middle = (low + high) >>> 1;
    order(low, middle);
    order(middle, high);
    order(low, middle);
    int pivotItem = items[middle];
    float pivotScore = scores[middle];
    int left = low;
    int right = high;
    while (true) {
      while (isBetter(items[left], scores[left], pivotItem, pivotScore)) {
        left++;
      }
      while (isBetter(pivotItem, pivotScore, items[right], scores[right])) {
        right--;
      }
      if (left >= right) {
        return right;
      }
      swap(left++, right--);
    }
  }

  private void order(int first, int second) {
    if (isBetter(second, first)) {
      swap(first, second);
    }
  }

  private void swap(int a, int b) {
    int item = items[a];
    items[a] = items[b];
    items[b] = item;
    float score = scores[a];
    scores[a] = scores[b];
    scores[b] = score;
  }

  private boolean isBetter(int at, int thanAt) {
    return isBetter(items[at], scores[at], items[thanAt], scores[thanAt]);
  }

  private boolean isBetter(int item, float score, int thanItem, float thanScore) {
    return score > thanScore || score == thanScore && tie.compare(item, thanItem) < 0;
  }
}
