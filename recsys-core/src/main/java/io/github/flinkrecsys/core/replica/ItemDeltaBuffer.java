/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.replica;

import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.util.Hashes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gathers deltas per item: the sums of one flush, or, never drained, of all time.
 *
 * <p>Belongs to one thread. Takes {@code 4 * (factors + 1) + 28} bytes per item in it, and 4 bytes
 * per slot of the replica.
 */
public final class ItemDeltaBuffer {
  private static final int CHUNK_ROWS = 1024;

  private final ItemReplica replica;
  private final int stride;
  private int[] rowOfSlot = new int[1024];
  private int[] slots = new int[1024];
  private long[] updates = new long[1024];
  private double[] popularity = new double[1024];
  private float[][] values = new float[0][];
  private int rows;
  private double ratingSum;
  private long ratingCount;

  /**
   * Makes an empty buffer.
   *
   * @param replica whose slots the deltas are for
   */
  public ItemDeltaBuffer(ItemReplica replica) {
    this.replica = replica;
    this.stride = replica.config().factors() + 1;
  }

  /**
   * Counts the items.
   *
   * @return number of items with deltas
   */
  public int size() {
    return rows;
  }

  /**
   * Tells whether there is nothing to flush.
   *
   * @return true if nothing was added since the last drain
   */
  public boolean isEmpty() {
    return rows == 0 && ratingCount == 0;
  }

  /**
   * Adds to one item.
   *
   * @param slot of the item
   * @param delta factor deltas, then the bias delta, from {@code from} on
   * @param from index of the first
   */
  public void addFactors(int slot, float[] delta, int from) {
    addToRow(row(slot), delta, from);
  }

  /**
   * Adds to one item and counts interactions with it.
   *
   * @param slot of the item
   * @param delta factor deltas, then the bias delta, from {@code from} on
   * @param from index of the first
   * @param interactions how many
   * @param storedPopularity what they add to its {@link DecayedCount}, stored form
   */
  public void add(int slot, float[] delta, int from, long interactions, double storedPopularity) {
    int row = row(slot);
    addToRow(row, delta, from);
    countRow(row, interactions, storedPopularity);
  }

  private void addToRow(int row, float[] delta, int from) {
    float[] chunk = values[row / CHUNK_ROWS];
    int offset = (row % CHUNK_ROWS) * stride;
    for (int f = 0; f < stride; f++) {
      chunk[offset + f] += delta[from + f];
    }
  }

  /**
   * Counts interactions with one item.
   *
   * @param slot of the item
   * @param interactions how many
   * @param storedPopularity what they add to its {@link DecayedCount}, stored form
   */
  public void count(int slot, long interactions, double storedPopularity) {
    countRow(row(slot), interactions, storedPopularity);
  }

  private void countRow(int row, long interactions, double storedPopularity) {
    updates[row] += interactions;
    popularity[row] = DecayedCount.add(popularity[row], storedPopularity);
  }

  /**
   * Adds explicit ratings.
   *
   * @param sum of the ratings
   * @param count of the ratings
   */
  public void rate(double sum, long count) {
    ratingSum += sum;
    ratingCount += count;
  }

  /**
   * Adds the part of a batch that belongs to a share of all items.
   *
   * @param deltas any batch of the replica's shape
   * @param share index of the share
   * @param shares how many there are; share 0 also takes the rating sums
   */
  public void addShare(ItemDeltas deltas, int share, int shares) {
    deltas.checkFactors(stride - 1);
    for (int i = 0; i < deltas.itemIds().length; i++) {
      String itemId = deltas.itemIds()[i];
      if (share(Hashes.hash(itemId), shares) == share) {
        int slot = replica.admitForeign(itemId);
        add(slot, deltas.values(), i * stride, deltas.updates()[i], deltas.popularity()[i]);
      }
    }
    if (share == 0) {
      rate(deltas.ratingSum(), deltas.ratingCount());
    }
  }

  /**
   * Tells whose share an item is.
   *
   * @param idHash of the item
   * @param shares how many there are
   * @return index of the share
   */
  public static int share(long idHash, int shares) {
    return Hashes.below(idHash, shares);
  }

  private int row(int slot) {
    if (slot >= rowOfSlot.length) {
      rowOfSlot = Arrays.copyOf(rowOfSlot, Math.max(slot + 1, rowOfSlot.length * 2));
    }
    // Rows are kept plus one, so that a fresh array means "none".
    int row = rowOfSlot[slot] - 1;
    if (row < 0) {
      row = newRow(slot);
      rowOfSlot[slot] = row + 1;
    }
    return row;
  }

  private int newRow(int slot) {
    int row = rows++;
    if (row == slots.length) {
      slots = Arrays.copyOf(slots, row * 2);
      updates = Arrays.copyOf(updates, row * 2);
      popularity = Arrays.copyOf(popularity, row * 2);
    }
    if (row / CHUNK_ROWS == values.length) {
      values = Arrays.copyOf(values, values.length + 1);
      values[values.length - 1] = new float[CHUNK_ROWS * stride];
    }
    slots[row] = slot;
    updates[row] = 0;
    popularity[row] = DecayedCount.EMPTY;
    int offset = (row % CHUNK_ROWS) * stride;
    Arrays.fill(values[row / CHUNK_ROWS], offset, offset + stride, 0f);
    return row;
  }

  /**
   * Copies the sums out, in batches, and keeps them.
   *
   * @param origin replica that holds them already
   * @param gatheredAtMillis wall-clock time of the oldest step
   * @param maxItems per batch
   * @return batches that together hold every sum once; empty if there are none
   */
  public List<ItemDeltas> copy(long origin, long gatheredAtMillis, int maxItems) {
    List<ItemDeltas> batches = new ArrayList<>();
    for (int from = 0; from < rows || (batches.isEmpty() && ratingCount != 0); from += maxItems) {
      int to = Math.min(rows, from + maxItems);
      boolean first = from == 0;
      batches.add(
          new ItemDeltas(
              origin,
              gatheredAtMillis,
              ids(from, to),
              values(from, to),
              Arrays.copyOfRange(updates, from, to),
              Arrays.copyOfRange(popularity, from, to),
              first ? ratingSum : 0,
              first ? ratingCount : 0));
    }
    return batches;
  }

  /** Forgets everything; keeps the memory for the next flush. O(items in it). */
  public void clear() {
    for (int row = 0; row < rows; row++) {
      rowOfSlot[slots[row]] = 0;
    }
    rows = 0;
    ratingSum = 0;
    ratingCount = 0;
  }

  private String[] ids(int from, int to) {
    String[] ids = new String[to - from];
    for (int row = from; row < to; row++) {
      ids[row - from] = replica.id(slots[row]);
    }
    return ids;
  }

  private float[] values(int from, int to) {
    float[] copy = new float[(to - from) * stride];
    for (int row = from; row < to; row++) {
      System.arraycopy(
          values[row / CHUNK_ROWS],
          (row % CHUNK_ROWS) * stride,
          copy,
          (row - from) * stride,
          stride);
    }
    return copy;
  }
}
