/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.neighbor;

import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import io.github.flinkrecsys.core.replica.ItemReplica;
import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * For every item of a replica the items that come before and after it, with time-decayed weights.
 *
 * <p>Each interaction pairs its item with the user's recent ones; the weight falls with the number
 * of items in between. Order is kept: a neighbour has a forward weight (it came later) and a
 * backward one; their sum is the symmetric count.
 *
 * <p>Any number of threads may read and write. At most {@link NeighborConfig#maxNeighbors} per item
 * at 14 bytes, and about 60 bytes per item that has any.
 *
 * @see <a href="https://doi.org/10.1145/2723372.2742785">Huang et al., TencentRec: Real-time Stream
 *     Recommendation in Practice, 2015</a>, for incremental item-based filtering
 */
public final class ItemNeighbors {
  private static final int LOCKS = 1024;

  private final NeighborConfig config;
  private final ItemReplica items;
  private final DecayedCount decay;
  private final Dampings dampings;
  private final float[] distanceWeights;
  private final Object[] locks = new Object[LOCKS];
  private volatile NeighborRow[] rows = new NeighborRow[1024];

  /**
   * Makes an empty table.
   *
   * @param config bounds and weights
   * @param items whose slots are used, and whose popularity normalises
   * @param decay of weights; that of popularity, so that the two stay in proportion
   */
  public ItemNeighbors(NeighborConfig config, ItemReplica items, DecayedCount decay) {
    this.config = config;
    this.items = items;
    this.decay = decay;
    this.dampings = new Dampings(config, items, decay);
    this.distanceWeights = new float[config.window()];
    for (int i = 0; i < distanceWeights.length; i++) {
      distanceWeights[i] = (float) Math.pow(config.distanceDecay(), i);
    }
    Arrays.setAll(locks, i -> new Object());
  }

  /**
   * Gives bounds and weights.
   *
   * @return what the table was made with
   */
  public NeighborConfig config() {
    return config;
  }

  /**
   * Tells what the lists take.
   *
   * @return bytes of heap
   * @implNote looks at every item.
   */
  public long bytes() {
    long bytes = 0;
    for (NeighborRow row : rows) {
      bytes += row == null ? 0 : row.bytes();
    }
    return bytes;
  }

  /**
   * Finds a user's recent items.
   *
   * @param recent of the user
   * @param slots receives the slots of those that are known, newest first; at least {@link
   *     NeighborConfig#window} long
   * @return how many
   */
  public int slotsOf(RecentItems recent, int[] slots) {
    int found = 0;
    for (int i = recent.count - 1; i >= 0 && found < config.window(); i--) {
      int slot = items.slotOfHash(recent.hashes[i]);
      if (slot >= 0) {
        slots[found++] = slot;
      }
    }
    return found;
  }

  /**
   * Counts the pairs of one interaction.
   *
   * @param slot of its item
   * @param recent slots of the user's recent items, newest first
   * @param recentCount how many, at most {@link NeighborConfig#window}
   * @param confidence how much the interaction counts
   * @param atMillis event time
   * @implNote O(recentCount * maxNeighbors).
   */
  public void learn(int slot, int[] recent, int recentCount, float confidence, long atMillis) {
    learn(slot, recent, recentCount, confidence, atMillis, row -> true);
  }

  private void learn(
      int slot,
      int[] recent,
      int recentCount,
      float confidence,
      long atMillis,
      IntPredicate ownsRow) {
    // Whoever counts pairs has counted the interaction before, and counts it without any, too.
    dampings.forget(slot);
    boolean ownsItem = ownsRow.test(slot);
    for (int i = 0; i < recentCount; i++) {
      float weight = confidence * distanceWeights[i];
      if (recent[i] != slot) {
        if (ownsRow.test(recent[i])) {
          add(recent[i], slot, weight, 0, atMillis);
        }
        if (ownsItem) {
          add(slot, recent[i], 0, weight, atMillis);
        }
      }
    }
  }

  /**
   * Counts the pairs of a batch.
   *
   * @param batch gathered elsewhere
   * @param ownsRow which items' lists to change, by slot
   */
  public void learn(CoOccurrences batch, IntPredicate ownsRow) {
    int[] slots = slotsOf(batch.itemIds());
    int[] recent = new int[config.window()];
    int[] sequences = batch.sequences();
    int at = 0;
    for (int n = 0; n < batch.confidences().length; n++) {
      int slot = slots[sequences[at]];
      int count = sequences[at + 1];
      int used = Math.min(count, recent.length);
      for (int i = 0; i < used; i++) {
        recent[i] = slots[sequences[at + 2 + i]];
      }
      learn(slot, recent, used, batch.confidences()[n], batch.timestampsMillis()[n], ownsRow);
      at += 2 + count;
    }
  }

  /**
   * Takes notice of items that were counted elsewhere, with or without a pair.
   *
   * @param deltas that are in the replica
   */
  public void recount(ItemDeltas deltas) {
    for (int n = 0; n < deltas.itemIds().length; n++) {
      boolean isCounted = deltas.popularity()[n] != DecayedCount.EMPTY;
      int slot = isCounted ? items.slot(deltas.itemIds()[n]) : -1;
      if (slot >= 0) {
        dampings.forget(slot);
      }
    }
  }

  private int[] slotsOf(String[] itemIds) {
    int[] slots = new int[itemIds.length];
    Arrays.setAll(slots, i -> items.admitForeign(itemIds[i]));
    return slots;
  }

  private void add(int slot, int neighbor, float forward, float backward, long atMillis) {
    synchronized (locks[slot & LOCKS - 1]) {
      NeighborRow row = row(slot);
      if (row == null) {
        row = NeighborRow.create(atMillis);
      }
      put(
          slot,
          row.add(
              neighbor,
              forward,
              backward,
              atMillis,
              decay.halfLifeMillis(),
              config.maxNeighbors(),
              dampings.at(atMillis)));
    }
  }

  private void put(int slot, NeighborRow row) {
    if (row(slot) != row) {
      synchronized (this) {
        if (slot >= rows.length) {
          rows = Arrays.copyOf(rows, Math.max(slot + 1, rows.length * 2));
        }
        rows[slot] = row;
      }
    }
  }

  /** Gives an item's list, or null if it has none. */
  private NeighborRow row(int slot) {
    NeighborRow[] current = rows;
    return slot < current.length ? current[slot] : null;
  }

  /**
   * Reads an item's neighbours, in no order, each with {@code w_ij * (n_i + shrinkage)^-exponent},
   * to be multiplied by {@link #damping} of the neighbour.
   *
   * @param slot of the item
   * @param atMillis event time as of which weights decay
   * @param slots receives the neighbours; of a list that is longer, the rest is left out
   * @param forward receives the weights of the pairs in which the neighbour came later
   * @param backward receives the weights of the pairs in which it came earlier
   * @return how many
   * @implNote O(maxNeighbors); no allocation.
   */
  public int read(int slot, long atMillis, int[] slots, float[] forward, float[] backward) {
    NeighborRow row = row(slot);
    if (row == null) {
      return 0;
    }
    float scale =
        (float) row.decay(atMillis, decay.halfLifeMillis()) * dampings.at(atMillis).of(slot);
    return row.read(scale, slots, forward, backward);
  }

  /**
   * Gives by how much an item's count holds its weights back.
   *
   * @param slot of the item
   * @param atMillis event time as of which the count decays
   * @return {@code (n + shrinkage)^-exponent}; 0 if both are 0
   */
  public float damping(int slot, long atMillis) {
    return dampings.at(atMillis).of(slot);
  }

  /**
   * Gives the {@link #damping} of many items.
   *
   * @param slots of items, the first {@code count} of which are used
   * @param count how many
   * @param atMillis event time as of which counts decay
   * @param into receives one value per item
   */
  public void dampings(int[] slots, int count, long atMillis, float[] into) {
    Dampings.AsOf asOf = dampings.at(atMillis);
    for (int i = 0; i < count; i++) {
      into[i] = asOf.of(slots[i]);
    }
  }

  /**
   * Copies the lists of some items.
   *
   * @param ownsRow which items, by slot
   * @param maxRows per element of the result, at least 1
   * @return the lists, for {@link #restore}
   */
  public List<NeighborRows> copy(IntPredicate ownsRow, int maxRows) {
    List<NeighborRows> copies = new ArrayList<>();
    Copy copy = new Copy();
    int length = rows.length;
    for (int slot = 0; slot < length; slot++) {
      NeighborRow row = row(slot);
      if (row != null && ownsRow.test(slot)) {
        synchronized (locks[slot & LOCKS - 1]) {
          copy.add(slot, row(slot));
        }
        if (copy.landmarks.size() == maxRows) {
          copies.add(copy.toRows());
          copy = new Copy();
        }
      }
    }
    if (!copy.landmarks.isEmpty()) {
      copies.add(copy.toRows());
    }
    return copies;
  }

  /**
   * Copies the list of one item.
   *
   * @param slot of the item
   * @return the list, for {@link #restore}, or null if it has none
   * @implNote O(maxNeighbors).
   */
  public NeighborRows copy(int slot) {
    synchronized (locks[slot & LOCKS - 1]) {
      NeighborRow row = row(slot);
      if (row == null) {
        return null;
      }
      Copy copy = new Copy();
      copy.add(slot, row);
      return copy.toRows();
    }
  }

  private final class Copy {
    final Int2IntOpenHashMap indexOfSlot = new Int2IntOpenHashMap();
    final List<String> ids = new ArrayList<>();
    final IntArrayList flat = new IntArrayList();
    final LongArrayList landmarks = new LongArrayList();
    float[] weights = new float[1024];
    int weightCount;

    void add(int slot, NeighborRow row) {
      flat.add(index(slot));
      flat.add(row.size());
      landmarks.add(row.landmarkMillis());
      while (weightCount + 3 * row.size() > weights.length) {
        weights = Arrays.copyOf(weights, weights.length * 2);
      }
      for (int i = 0; i < row.size(); i++) {
        flat.add(index(row.slot(i)));
        weights[weightCount++] = row.forward(i);
        weights[weightCount++] = row.backward(i);
        weights[weightCount++] = row.error(i);
      }
    }

    private int index(int slot) {
      return indexOfSlot.computeIfAbsent(
          slot,
          s -> {
            ids.add(items.id(s));
            return ids.size() - 1;
          });
    }

    NeighborRows toRows() {
      return new NeighborRows(
          ids.toArray(String[]::new),
          flat.toIntArray(),
          landmarks.toLongArray(),
          Arrays.copyOf(weights, weightCount));
    }
  }

  /**
   * Puts back lists that were copied; a list that exists is replaced. Of a list that is longer than
   * today's bound the most similar neighbours are kept, by the counts of the items as they stand.
   *
   * @param copied of {@link #copy}
   * @param ownsRow which items' lists to put back, by slot
   */
  public void restore(NeighborRows copied, IntPredicate ownsRow) {
    if (config.maxNeighbors() == 0) {
      return;
    }
    int[] slots = slotsOf(copied.itemIds());
    int at = 0;
    int weight = 0;
    for (int n = 0; n < copied.landmarksMillis().length; n++) {
      int slot = slots[copied.rows()[at]];
      int size = copied.rows()[at + 1];
      NeighborRow row = NeighborRow.create(size, copied.landmarksMillis()[n]);
      for (int i = 0; i < size; i++) {
        row.append(
            slots[copied.rows()[at + 2 + i]],
            copied.weights()[weight++],
            copied.weights()[weight++],
            copied.weights()[weight++]);
      }
      if (ownsRow.test(slot)) {
        if (size > config.maxNeighbors()) {
          row = row.best(config.maxNeighbors(), dampings.at(row.landmarkMillis()));
        }
        synchronized (locks[slot & LOCKS - 1]) {
          put(slot, row);
        }
      }
      at += 2 + size;
    }
  }
}
