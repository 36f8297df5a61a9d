/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.neighbor;

import it.unimi.dsi.fastutil.ints.Int2FloatLinkedOpenHashMap;
import it.unimi.dsi.fastutil.ints.Int2FloatMap;
import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import it.unimi.dsi.fastutil.ints.IntArrayList;

/**
 * Items two sessions away from a live one: those of the most recent sessions that hold an item
 * which the first hop has proposed. Only short lists need them, so this is written for few items.
 */
final class SecondHop {
  /** Takes an item and its score. */
  interface Found {
    void accept(int item, float score);
  }

  private final SessionIndex index;
  private final int sessionsPerBridge;
  private final Int2FloatLinkedOpenHashMap shares = new Int2FloatLinkedOpenHashMap();
  private final Int2FloatLinkedOpenHashMap loudest = new Int2FloatLinkedOpenHashMap();
  private final Int2IntOpenHashMap reasons = new Int2IntOpenHashMap();

  SecondHop(SessionIndex index, int sessionsPerBridge) {
    this.index = index;
    this.sessionsPerBridge = sessionsPerBridge;
  }

  /** Finds the items that sessions share with the bridges, each session dividing its weight. */
  void collect(IntArrayList bridges, float[] scores, int[] because, long endedByMillis) {
    shares.clear();
    loudest.clear();
    reasons.clear();
    for (int b = 0; b < bridges.size(); b++) {
      int bridge = bridges.getInt(b);
      ItemPostings held = index.postings(bridge);
      for (int rank = 0; rank < Math.min(held.size(), sessionsPerBridge); rank++) {
        int slot = held.newest(rank);
        if (index.endMillis(slot) > endedByMillis) {
          continue;
        }
        int[] items = index.items(slot);
        float weight = scores[bridge] / items.length;
        for (int item : items) {
          shares.addTo(item, weight);
          if (weight > loudest.get(item)) {
            loudest.put(item, weight);
            reasons.put(item, because[bridge]);
          }
        }
      }
    }
  }

  /** Hands out what was found, the largest score being 1. */
  void forEach(Found found) {
    float largest = 0;
    for (float share : shares.values()) {
      largest = Math.max(largest, share);
    }
    for (Int2FloatMap.Entry entry : shares.int2FloatEntrySet()) {
      found.accept(entry.getIntKey(), entry.getFloatValue() / largest);
    }
  }

  /** Tells the live item that speaks loudest for an item. */
  int because(int item) {
    return reasons.get(item);
  }
}
