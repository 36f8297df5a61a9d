/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.neighbor;

import io.github.flinkrecsys.core.replica.ItemReplica;
import it.unimi.dsi.fastutil.ints.Int2IntLinkedOpenHashMap;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;

/**
 * Gathers what one flush tells others: which items followed which. Belongs to one thread; 4 bytes
 * per recent item of each interaction in it.
 */
public final class CoOccurrenceBuffer {
  private final ItemReplica items;
  private final Int2IntLinkedOpenHashMap indexOfSlot = new Int2IntLinkedOpenHashMap();
  private final IntArrayList sequences = new IntArrayList();
  private float[] confidences = new float[64];
  private long[] timestamps = new long[64];
  private int count;

  /**
   * Makes an empty buffer.
   *
   * @param items whose slots are used
   */
  public CoOccurrenceBuffer(ItemReplica items) {
    this.items = items;
  }

  /**
   * Tells whether there is nothing to flush.
   *
   * @return true if nothing was added since the last {@link #clear}
   */
  public boolean isEmpty() {
    return count == 0;
  }

  /**
   * Adds one interaction.
   *
   * @param slot of its item
   * @param recent slots of the user's recent items, newest first
   * @param recentCount how many
   * @param confidence how much it counts
   * @param atMillis event time
   */
  public void add(int slot, int[] recent, int recentCount, float confidence, long atMillis) {
    sequences.add(index(slot));
    sequences.add(recentCount);
    for (int i = 0; i < recentCount; i++) {
      sequences.add(index(recent[i]));
    }
    if (count == confidences.length) {
      confidences = Arrays.copyOf(confidences, count * 2);
      timestamps = Arrays.copyOf(timestamps, count * 2);
    }
    confidences[count] = confidence;
    timestamps[count++] = atMillis;
  }

  /**
   * Adds a batch that was gathered before.
   *
   * @param batch of {@link #copy}, possibly of another replica
   */
  public void addAll(CoOccurrences batch) {
    int[] recent = new int[0];
    int[] sequences = batch.sequences();
    int at = 0;
    for (int n = 0; n < batch.confidences().length; n++) {
      int recentCount = sequences[at + 1];
      recent = recent.length < recentCount ? new int[recentCount] : recent;
      for (int i = 0; i < recentCount; i++) {
        recent[i] = items.admitForeign(batch.itemIds()[sequences[at + 2 + i]]);
      }
      int slot = items.admitForeign(batch.itemIds()[sequences[at]]);
      add(slot, recent, recentCount, batch.confidences()[n], batch.timestampsMillis()[n]);
      at += 2 + recentCount;
    }
  }

  private int index(int slot) {
    int next = indexOfSlot.size();
    int index = indexOfSlot.putIfAbsent(slot, next);
    return indexOfSlot.size() > next ? next : index;
  }

  /**
   * Copies what was gathered.
   *
   * @param origin of the replica that has counted it
   * @param gatheredAtMillis wall-clock time of the oldest
   * @return everything since the last {@link #clear}
   */
  public CoOccurrences copy(long origin, long gatheredAtMillis) {
    String[] ids = new String[indexOfSlot.size()];
    indexOfSlot.int2IntEntrySet().forEach(e -> ids[e.getIntValue()] = items.id(e.getIntKey()));
    return new CoOccurrences(
        origin,
        gatheredAtMillis,
        ids,
        sequences.toIntArray(),
        Arrays.copyOf(confidences, count),
        Arrays.copyOf(timestamps, count));
  }

  /** Forgets everything; keeps the memory for the next flush. */
  public void clear() {
    indexOfSlot.clear();
    sequences.clear();
    count = 0;
  }
}
