/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.rule.ItemRule;

/** Which items may be recommended to the user of one request. Belongs to one thread. */
final class Eligibility {
  private final ItemReplica items;
  private final ItemRule rule;
  private final SlotMarks seen = new SlotMarks();
  private int[] seenSlots = new int[64];
  private int seenCount;
  private long ruleFailures;

  Eligibility(ItemReplica items, ItemRule rule) {
    this.items = items;
    this.rule = rule;
  }

  /** Takes up the next request. */
  void begin(SeenItems seenItems) {
    seen.clear();
    seenCount = 0;
    int count = seenItems == null ? 0 : seenItems.count;
    if (count > seenSlots.length) {
      seenSlots = new int[Math.max(count, seenSlots.length * 2)];
    }
    for (int i = 0; i < count; i++) {
      int slot = items.slotOfHash(seenItems.hashes[i]);
      if (slot >= 0 && !seen.isMarked(slot)) {
        seen.mark(slot);
        seenSlots[seenCount++] = slot;
      }
    }
  }

  boolean isSeen(int slot) {
    return seen.isMarked(slot);
  }

  int seenCount() {
    return seenCount;
  }

  /** Gives the nth of the items that the user has seen. */
  int seenSlot(int n) {
    return seenSlots[n];
  }

  /** Counts the items that the user has not seen. */
  int count() {
    return Math.max(1, items.size() - seenCount);
  }

  /**
   * Tells whether an item may be recommended; costlier than {@link #isSeen}, to be asked of few.
   */
  boolean allows(int slot) {
    return items.popularity(slot) != DecayedCount.EMPTY && allowsProposed(slot);
  }

  /** The same for an item that a source proposes, although nobody may have interacted with it. */
  boolean allowsProposed(int slot) {
    return !seen.isMarked(slot) && isAllowed(slot);
  }

  private boolean isAllowed(int slot) {
    if (rule == ItemRule.ANY) {
      return true;
    }
    try {
      return rule.allows(items.metadata(slot));
    } catch (RuntimeException e) {
      ruleFailures++;
      return false;
    }
  }

  /** Counts the items that were held back because the rule threw, since the last call. */
  long takeRuleFailures() {
    long failures = ruleFailures;
    ruleFailures = 0;
    return failures;
  }
}
