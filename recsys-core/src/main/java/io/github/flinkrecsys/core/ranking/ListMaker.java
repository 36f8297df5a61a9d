/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.core.vector.VectorOps;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes the list that is served from ranked ones, by a {@link ListPolicy}. Belongs to one thread.
 */
final class ListMaker {
  /** Slots looked at in search of a fresh item. */
  private static final int TRIES = 100;

  /** Where an item of the list comes from. */
  enum Origin {
    RANKED,
    FALLBACK,
    EXPLORED
  }

  private final ListPolicy policy;
  private final ItemReplica items;
  private final DecayedCount decay;
  private final Eligibility eligibility;
  private final SlotMarks inList = new SlotMarks();
  private final Map<String, Map<String, Integer>> taken = new HashMap<>();
  private float[] similarity = new float[0];
  private boolean[] isTaken = new boolean[0];

  private int[] slots = new int[16];
  private float[] scores = new float[16];
  private Origin[] origins = new Origin[16];
  private int size;
  private boolean isFilled;

  ListMaker(ListPolicy policy, ItemReplica items, DecayedCount decay, Eligibility eligibility) {
    this.policy = policy;
    this.items = items;
    this.decay = decay;
    this.eligibility = eligibility;
  }

  /**
   * Makes the list.
   *
   * @param ranked best first
   * @param fallback fills what remains
   * @param k how many items at most
   * @param atMillis event time
   * @param seed of what is drawn
   */
  void make(RankedItems ranked, Fallback fallback, int k, long atMillis, long seed) {
    begin(ranked, k);
    long bits = seed;
    while (size < k) {
      bits = Hashes.advance(bits);
      int fresh = isExploring(bits) ? drawFresh(bits, atMillis) : -1;
      int place = fresh >= 0 ? -1 : bestOf(ranked);
      if (fresh >= 0) {
        take(fresh, 0, Origin.EXPLORED, ranked);
      } else if (place >= 0) {
        isTaken[place] = true;
        take(ranked.slots[place], ranked.scores[place], Origin.RANKED, ranked);
      } else {
        break;
      }
    }
    isFilled = false;
    int looked = 0;
    do {
      RankedItems popular = fallback.list();
      for (; looked < popular.size && size < k; looked++) {
        if (isFree(popular.slots[looked])) {
          take(popular.slots[looked], popular.scores[looked], Origin.FALLBACK, ranked);
          isFilled = true;
        }
      }
    } while (size < k && fallback.deepen());
  }

  private void begin(RankedItems ranked, int k) {
    size = 0;
    if (slots.length < k) {
      slots = new int[k];
      scores = new float[k];
      origins = new Origin[k];
    }
    if (isTaken.length < ranked.size) {
      isTaken = new boolean[ranked.slots.length];
      similarity = new float[ranked.slots.length];
    }
    for (int n = 0; n < ranked.size; n++) {
      isTaken[n] = false;
      similarity[n] = 0;
    }
    taken.clear();
    inList.clear();
  }

  private boolean isFree(int slot) {
    return !inList.isMarked(slot) && isWithinCaps(slot);
  }

  private boolean isWithinCaps(int slot) {
    for (Map.Entry<String, Integer> cap : policy.caps().entrySet()) {
      String value = valueOf(slot, cap.getKey());
      Map<String, Integer> counts = value == null ? null : taken.get(cap.getKey());
      if (counts != null && counts.getOrDefault(value, 0) >= cap.getValue()) {
        return false;
      }
    }
    return true;
  }

  private String valueOf(int slot, String attribute) {
    ItemMetadata metadata = items.metadata(slot);
    return metadata == null ? null : metadata.attributes().get(attribute);
  }

  private boolean isExploring(long bits) {
    double uniform = (Hashes.mix(bits) >>> 11) * 0x1p-53;
    return uniform < policy.exploration();
  }

  private int drawFresh(long seed, long atMillis) {
    int known = items.size();
    long bits = Hashes.mix(seed);
    for (int n = 0; n < TRIES && known > 0; n++) {
      bits = Hashes.advance(bits);
      int slot = Hashes.below(Hashes.mix(bits), known);
      if (decay.valueAt(items.popularity(slot), atMillis) <= policy.freshBelow()
          && eligibility.allowsProposed(slot)
          && isFree(slot)) {
        return slot;
      }
    }
    return -1;
  }

  /** Gives the place of the ranked item that comes next, or -1. */
  private int bestOf(RankedItems ranked) {
    int best = -1;
    double bestValue = Double.NEGATIVE_INFINITY;
    float highest = ranked.size == 0 ? 0 : ranked.scores[0];
    double range = ranked.size == 0 ? 1 : highest - ranked.scores[ranked.size - 1];
    for (int n = 0; n < ranked.size; n++) {
      if (isTaken[n] || !isFree(ranked.slots[n])) {
        continue;
      }
      if (policy.diversity() == 0) {
        return n;
      }
      double relevance = range > 0 ? 1 - (highest - ranked.scores[n]) / range : 1;
      double value = (1 - policy.diversity()) * relevance - policy.diversity() * similarity[n];
      if (value > bestValue) {
        best = n;
        bestValue = value;
      }
    }
    return best;
  }

  private void take(int slot, float score, Origin origin, RankedItems ranked) {
    slots[size] = slot;
    scores[size] = score;
    origins[size++] = origin;
    inList.mark(slot);
    for (String attribute : policy.caps().keySet()) {
      String value = valueOf(slot, attribute);
      if (value != null) {
        taken.computeIfAbsent(attribute, a -> new HashMap<>()).merge(value, 1, Integer::sum);
      }
    }
    for (int n = 0; n < ranked.size && policy.diversity() > 0; n++) {
      if (!isTaken[n]) {
        similarity[n] = Math.max(similarity[n], cosine(slot, ranked.slots[n]));
      }
    }
  }

  private float cosine(int a, int b) {
    float product = dot(a, b);
    double norm = Math.sqrt((double) dot(a, a) * dot(b, b));
    double cosine = product / norm;
    return Double.isFinite(cosine) ? (float) cosine : 0;
  }

  private float dot(int a, int b) {
    return VectorOps.dot(
        items.factors(a),
        items.offset(a),
        items.factors(b),
        items.offset(b),
        items.config().factors());
  }

  int size() {
    return size;
  }

  /** Tells whether the fallback has filled places. */
  boolean isFilled() {
    return isFilled;
  }

  int[] slots() {
    return slots;
  }

  int slot(int place) {
    return slots[place];
  }

  float score(int place) {
    return scores[place];
  }

  Origin origin(int place) {
    return origins[place];
  }
}
