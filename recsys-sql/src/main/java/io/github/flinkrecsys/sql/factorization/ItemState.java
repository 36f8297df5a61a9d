/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.factorization;

import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.util.Checks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.api.dataview.MapView;

/** What is known of one item, as state. Flink POJO; {@code 4 * (factors + 1) + 16} bytes. */
public class ItemState {
  /** Place in the order of arrival, by which negatives are sampled. */
  public int slot;

  /** Factors, then bias. */
  public float[] vector = new float[0];

  /** Count of interactions in the stored form of {@link DecayedCount}. */
  public double popularity = DecayedCount.EMPTY;

  /** Makes an empty one, as Flink requires. */
  public ItemState() {}

  /**
   * Copies an item.
   *
   * @param items where it is
   * @param slot of the item
   * @return the copy
   */
  public static ItemState of(ItemReplica items, int slot) {
    ItemState state = new ItemState();
    state.slot = slot;
    state.vector = items.copy(slot);
    state.popularity = items.popularity(slot);
    return state;
  }

  /**
   * Tells how many factors a state was written with.
   *
   * @param states by item
   * @return factors, 0 if there is no item
   * @throws Exception if the state backend fails
   */
  public static int factors(MapView<String, ItemState> states) throws Exception {
    for (ItemState state : states.values()) {
      return state.vector.length - 1;
    }
    return 0;
  }

  /**
   * Puts items back in the order in which they came.
   *
   * @param states by item
   * @param items empty; receives them
   * @throws IllegalArgumentException if the state was written with another number of factors
   * @throws Exception if the state backend fails
   */
  public static void restore(MapView<String, ItemState> states, ItemReplica items)
      throws Exception {
    List<Map.Entry<String, ItemState>> entries = new ArrayList<>();
    for (Map.Entry<String, ItemState> entry : states.entries()) {
      entries.add(Map.entry(entry.getKey(), entry.getValue()));
    }
    entries.sort(Comparator.comparingInt(entry -> entry.getValue().slot));
    for (Map.Entry<String, ItemState> entry : entries) {
      ItemState state = entry.getValue();
      int factors = items.config().factors();
      Checks.require(
          state.vector.length == factors + 1,
          "factors",
          "what the state was written with, " + (state.vector.length - 1),
          factors);
      items.put(items.admitForeign(entry.getKey()), state.vector, state.popularity);
    }
  }
}
