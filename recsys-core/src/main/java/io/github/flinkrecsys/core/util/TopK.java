/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.util;

import java.util.Arrays;
import java.util.Objects;

/**
 * Keeps the k best (item, score) pairs of those offered.
 *
 * <p>The higher score comes first; among equal scores the tie breaker decides, by default for the
 * lower item index. So the outcome does not depend on the order of the offers, as long as the tie
 * breaker orders the items that share a score totally. Infinite scores rank like any other; {@code
 * -0f} equals {@code 0f}, and comes back as it.
 *
 * <p>Not safe for use by several threads at once.
 *
 * @implNote Gathers up to 4k pairs as numbers that sort like them, and throws the worst 3k away
 *     whenever there are as many. 32k bytes of arrays.
 */
public final class TopK {
  private static final long ITEM = 0xffff_ffffL;

  /** How many times k pairs are gathered before the best are selected. */
  private static final int BUFFER = 4;

  private final int k;

  /** Scores, highest first, above items: in the order of these numbers. */
  private final long[] keys;

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
    keys = new long[BUFFER * k];
  }

  /**
   * Offers a pair.
   *
   * @param item its index, not negative; offered twice, it may stay twice
   * @param score the higher, the better
   * @throws IllegalArgumentException if the score is NaN: an overflowed model must not rank
   * @implNote O(1) amortized; no allocation.
   */
  public void offer(int item, float score) {
    if (Float.isNaN(score)) {
      throw new IllegalArgumentException("score must be a number, got NaN for item " + item);
    }
    if (isSelective && !isBetterThanWorst(item, score)) {
      return;
    }
    keys[size++] = key(item, score);
    if (size == keys.length) {
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
   * @implNote O(k log k) time, no allocation but for a k of several hundreds.
   */
  public int drainTo(int[] items, float[] scores) {
    if (size > k) {
      select();
    }
    sort();
    return moveTo(items, scores);
  }

  /**
   * Moves all pairs out, in no order, and is empty afterwards.
   *
   * @param items receives the item indexes, from index 0 on
   * @param scores receives their scores, from index 0 on
   * @return how many there were
   * @throws IndexOutOfBoundsException if an array is shorter than {@link #size}; nothing has moved
   *     then
   * @implNote O(k) time, no allocation.
   */
  public int drainUnorderedTo(int[] items, float[] scores) {
    if (size > k) {
      select();
    }
    return moveTo(items, scores);
  }

  private int moveTo(int[] items, float[] scores) {
    int drained = size;
    Objects.checkFromIndexSize(0, drained, items.length);
    Objects.checkFromIndexSize(0, drained, scores.length);
    for (int n = 0; n < drained; n++) {
      items[n] = item(keys[n]);
      scores[n] = score(keys[n]);
    }
    clear();
    return drained;
  }

  /** Keeps the k best, the worst of them last. */
  private void select() {
    moveLowest(k - 1);
    settleTiesAcross(k);
    size = k;
    worstItem = item(keys[k - 1]);
    worstScore = score(keys[k - 1]);
    isSelective = true;
  }

  /** Moves keys about until that of a rank stands in its place, lower ones before, higher after. */
  private void moveLowest(int rank) {
    int from = 0;
    int last = size - 1;
    while (from < last) {
      int pivot = partition(from, last);
      if (pivot == rank) {
        return;
      }
      from = pivot < rank ? pivot + 1 : from;
      last = pivot < rank ? last : pivot - 1;
    }
  }

  /** Hoare's quickselect by Lomuto's partition, in which no branch depends on the keys. */
  private int partition(int from, int last) {
    swap((from + last) >>> 1, last);
    long pivot = keys[last];
    int to = from;
    for (int n = from; n < last; n++) {
      long key = keys[n];
      keys[n] = keys[to];
      keys[to] = key;
      to += key < pivot ? 1 : 0;
    }
    swap(to, last);
    return to;
  }

  private void swap(int a, int b) {
    long key = keys[a];
    keys[a] = keys[b];
    keys[b] = key;
  }

  /** Leaves it to the tie breaker which of those that score like the worst is the worst. */
  private void settleTiesAcross(int end) {
    long worst = keys[end - 1] >> Integer.SIZE;
    int to = end;
    for (int n = end; n < size; n++) {
      if (keys[n] >> Integer.SIZE == worst) {
        swap(n, to++);
      }
    }
    int from = end;
    for (int n = end - 1; n >= 0; n--) {
      if (keys[n] >> Integer.SIZE == worst) {
        swap(n, --from);
      }
    }
    sortTies(from, to);
  }

  private void sort() {
    Arrays.sort(keys, 0, size);
    for (int from = 0; from < size; ) {
      int to = from + 1;
      while (to < size && keys[to] >> Integer.SIZE == keys[from] >> Integer.SIZE) {
        to++;
      }
      sortTies(from, to);
      from = to;
    }
  }

  /** By merging, since there may be thousands of equal scores in a catalogue that nobody knows. */
  private void sortTies(int from, int to) {
    if (to - from < 2) {
      return;
    }
    int middle = (from + to) >>> 1;
    sortTies(from, middle);
    sortTies(middle, to);
    if (tie.compare(item(keys[middle - 1]), item(keys[middle])) <= 0) {
      return;
    }
    long[] first = Arrays.copyOfRange(keys, from, middle);
    for (int at = from, a = 0, b = middle; a < first.length; at++) {
      boolean takesFirst = b == to || tie.compare(item(first[a]), item(keys[b])) <= 0;
      keys[at] = takesFirst ? first[a++] : keys[b++];
    }
  }

  private boolean isBetterThanWorst(int item, float score) {
    return score > worstScore || score == worstScore && tie.compare(item, worstItem) < 0;
  }

  private static long key(int item, float score) {
    // Adding 0 makes one of both zeros.
    int bits = Float.floatToRawIntBits(score + 0.0f);
    int ascending = bits ^ bits >> 31 & Integer.MAX_VALUE;
    return (long) ~ascending << Integer.SIZE | item & ITEM;
  }

  private static int item(long key) {
    return (int) key;
  }

  private static float score(long key) {
    int ascending = ~(int) (key >> Integer.SIZE);
    return Float.intBitsToFloat(ascending ^ ascending >> 31 & Integer.MAX_VALUE);
  }
}
