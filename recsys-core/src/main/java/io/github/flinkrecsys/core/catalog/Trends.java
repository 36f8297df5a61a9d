/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.catalog;

import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.replica.ItemReplica;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.objects.Object2ObjectOpenHashMap;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Interactions counted with a short half-life, and the items that lead by them, in all and by
 * category. Serves as what threads share, as the buffer of what one thread has not sent yet, and as
 * the sums that a checkpoint holds.
 *
 * <p>Decay is forward (Cormode et al., 2009): counts only grow as stored, so the leaders are found
 * by looking at the item that has just been counted. An item that comes into a category later
 * counts there from its next interaction on.
 *
 * <p>12 bytes per slot of the replica, 24 per item with metadata, 20 per leader. Safe for any
 * number of threads.
 */
public final class Trends {
  /** A category beyond these has no leaders of its own. */
  private static final int MAX_CATEGORIES = 10_000;

  /** What has decayed to this share of an interaction is not worth keeping. */
  private static final double NEGLIGIBLE_LOG = Math.log(0.001) / Math.log(2);

  private final CatalogConfig config;
  private final ItemReplica items;
  private final DecayedCount decay;
  private double[] counts = new double[0];
  private final IntArrayList counted = new IntArrayList();
  private final Leaders all;
  private final Map<String, Leaders> byCategory = new Object2ObjectOpenHashMap<>();
  private long withoutCategory;
  private double newest = DecayedCount.EMPTY;

  /** Threads may lose each other's entries, which are then looked up again. */
  private volatile Known[] known = new Known[1024];

  /** An item's category, as long as its metadata are the same object. */
  private record Known(ItemMetadata metadata, String category) {}

  /**
   * Makes empty counts.
   *
   * @param config of trends
   * @param items whose slots are counted
   */
  public Trends(CatalogConfig config, ItemReplica items) {
    this.config = config;
    this.items = items;
    this.decay = DecayedCount.withHalfLife(config.trendHalfLife());
    this.all = new Leaders(config.trendSize());
  }

  /**
   * Gives the settings.
   *
   * @return what this was made with
   */
  public CatalogConfig config() {
    return config;
  }

  /**
   * Counts one interaction.
   *
   * @param slot of its item
   * @param confidence how much it counts; nothing happens if it is not positive
   * @param timestampMillis event time
   */
  public synchronized void learn(int slot, float confidence, long timestampMillis) {
    add(slot, decay.of(confidence, timestampMillis));
  }

  private void add(int slot, double stored) {
    if (stored == DecayedCount.EMPTY || config.trendSize() == 0) {
      return;
    }
    if (slot >= counts.length) {
      int used = counts.length;
      counts = Arrays.copyOf(counts, Math.max(slot + 1, used * 2));
      Arrays.fill(counts, used, counts.length, DecayedCount.EMPTY);
    }
    if (counts[slot] == DecayedCount.EMPTY) {
      counted.add(slot);
    }
    counts[slot] = DecayedCount.add(counts[slot], stored);
    newest = Math.max(newest, stored);
    all.offer(slot, counts[slot]);
    String category = category(slot);
    if (category != null) {
      Leaders leaders = byCategory.get(category);
      if (leaders == null && byCategory.size() < MAX_CATEGORIES) {
        leaders = new Leaders(config.trendSize());
        byCategory.put(category, leaders);
      }
      if (leaders != null) {
        leaders.offer(slot, counts[slot]);
      } else {
        withoutCategory++;
      }
    }
  }

  /**
   * Counts the interactions with items of categories beyond the first 10,000, which count in all
   * but not in their category.
   *
   * @return how many so far
   */
  public synchronized long withoutCategory() {
    return withoutCategory;
  }

  /**
   * Gives an item's category.
   *
   * @param slot of the item
   * @return the category, or null if it has none
   */
  public String category(int slot) {
    ItemMetadata metadata = items.metadata(slot);
    if (metadata == null) {
      return null;
    }
    Known[] current = known;
    if (slot >= current.length) {
      current = Arrays.copyOf(current, Math.max(slot + 1, current.length * 2));
      known = current;
    }
    Known found = current[slot];
    if (found == null || found.metadata != metadata) {
      found = new Known(metadata, metadata.attributes().get(config.categoryAttribute()));
      current[slot] = found;
    }
    return found.category;
  }

  /** Takes a leader and its decayed count. */
  @FunctionalInterface
  public interface Consumer {
    /**
     * Takes one.
     *
     * @param slot of the item
     * @param count decayed, not negative
     */
    void accept(int slot, double count);
  }

  /**
   * Hands out the items that lead.
   *
   * @param category of which, or null for all
   * @param atMillis event time as of which to count
   * @param into receives them in no order
   */
  public synchronized void leaders(String category, long atMillis, Consumer into) {
    Leaders leaders = category == null ? all : byCategory.get(category);
    if (leaders == null) {
      return;
    }
    if (category != null) {
      leaders.keep(items.metadataVersion(), slot -> category.equals(category(slot)));
    }
    leaders.forEach(decay.logAt(atMillis), into);
  }

  /**
   * Adds what was counted elsewhere.
   *
   * @param deltas sums
   * @param takes whether the count of a slot is wanted here
   */
  public synchronized void addAll(TrendCounts deltas, IntPredicate takes) {
    for (int n = 0; n < deltas.itemIds().length; n++) {
      int slot = items.admitForeign(deltas.itemIds()[n]);
      if (takes.test(slot)) {
        add(slot, deltas.counts()[n]);
      }
    }
  }

  /**
   * Tells whether nothing was counted.
   *
   * @return true if so, since the last {@link #clear}
   */
  public synchronized boolean isEmpty() {
    return counted.isEmpty();
  }

  /**
   * Copies the sums, but for what has decayed.
   *
   * @param origin of the replica that holds them already
   * @return everything that was added since the last {@link #clear}
   */
  public synchronized TrendCounts copy(long origin) {
    IntArrayList kept = new IntArrayList(counted.size());
    for (int n = 0; n < counted.size(); n++) {
      int slot = counted.getInt(n);
      if (counts[slot] >= newest + NEGLIGIBLE_LOG) {
        kept.add(slot);
      }
    }
    String[] itemIds = new String[kept.size()];
    double[] values = new double[itemIds.length];
    for (int n = 0; n < itemIds.length; n++) {
      itemIds[n] = items.id(kept.getInt(n));
      values[n] = counts[kept.getInt(n)];
    }
    return new TrendCounts(origin, itemIds, values);
  }

  /** Forgets everything. */
  public synchronized void clear() {
    for (int n = 0; n < counted.size(); n++) {
      counts[counted.getInt(n)] = DecayedCount.EMPTY;
    }
    counted.clear();
    all.clear();
    byCategory.clear();
    newest = DecayedCount.EMPTY;
  }
}
