/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.catalog;

import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.replica.ItemReplica;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.objects.Object2ObjectOpenHashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which items have which values of attributes: for each value those with the fewest interactions,
 * since it is new items that nothing else finds.
 *
 * <p>Bounded by {@link CatalogConfig#itemsPerValue}, and by the metadata that are known. Safe for
 * any number of threads.
 */
public final class ContentIndex {
  private final CatalogConfig config;
  private final ItemReplica items;
  private final Map<String, Posting> postings = new Object2ObjectOpenHashMap<>();
  private int indexed;

  /** The items of one value. */
  private static final class Posting {
    private final IntArrayList slots = new IntArrayList(4);

    /** How many have the value, found by it or not. */
    private int count;
  }

  /**
   * Makes an empty index.
   *
   * @param config of content
   * @param items whose slots are indexed
   */
  public ContentIndex(CatalogConfig config, ItemReplica items) {
    this.config = config;
    this.items = items;
  }

  /**
   * Tells whether anything is indexed at all.
   *
   * @return false if no attribute is configured
   */
  public boolean isOn() {
    return !config.contentAttributes().isEmpty();
  }

  /**
   * Takes up an item's metadata.
   *
   * @param slot of the item
   * @param before what was known of it, or null
   * @param now what is known from now on
   */
  public synchronized void put(int slot, ItemMetadata before, ItemMetadata now) {
    List<String> old = values(before);
    List<String> fresh = values(now);
    for (String value : old) {
      Posting posting = postings.get(value);
      if (!fresh.contains(value) && posting != null) {
        posting.slots.rem(slot);
        if (--posting.count == 0) {
          postings.remove(value);
        }
      }
    }
    for (String value : fresh) {
      if (!old.contains(value)) {
        Posting posting = postings.computeIfAbsent(value, v -> new Posting());
        posting.count++;
        add(posting.slots, slot);
      }
    }
    indexed += (fresh.isEmpty() ? 0 : 1) - (old.isEmpty() ? 0 : 1);
  }

  private void add(IntArrayList slots, int slot) {
    if (slots.size() < config.itemsPerValue()) {
      slots.add(slot);
      return;
    }
    int known = 0;
    for (int n = 1; n < slots.size(); n++) {
      known = items.popularity(slots.getInt(n)) > items.popularity(slots.getInt(known)) ? n : known;
    }
    if (items.popularity(slot) < items.popularity(slots.getInt(known))) {
      slots.set(known, slot);
    }
  }

  /** Takes a likeness. */
  @FunctionalInterface
  public interface Consumer {
    /**
     * Takes one, several times per item if it shares several values.
     *
     * @param slot of the item that is alike
     * @param likeness the rarer the value, the larger; positive
     */
    void accept(int slot, float likeness);
  }

  /**
   * Finds the items that share values with one.
   *
   * @param slot of the item
   * @param into receives them
   * @implNote O(values * items per value).
   */
  public synchronized void alike(int slot, Consumer into) {
    for (String value : values(items.metadata(slot))) {
      Posting posting = postings.get(value);
      float rarity = posting == null ? 0 : (float) Math.log1p(indexed / (1.0 + posting.count));
      for (int n = 0; posting != null && n < posting.slots.size(); n++) {
        if (posting.slots.getInt(n) != slot) {
          into.accept(posting.slots.getInt(n), rarity);
        }
      }
    }
  }

  private List<String> values(ItemMetadata metadata) {
    List<String> values = new ArrayList<>();
    for (String name : config.contentAttributes()) {
      String text = metadata == null ? null : metadata.attributes().get(name);
      for (int from = 0; text != null && from <= text.length(); ) {
        int end = text.indexOf(CatalogConfig.SEPARATOR, from);
        end = end < 0 ? text.length() : end;
        String value = name + '=' + text.substring(from, end).strip();
        if (end > from && !values.contains(value)) {
          values.add(value);
        }
        from = end + 1;
      }
    }
    return values;
  }
}
