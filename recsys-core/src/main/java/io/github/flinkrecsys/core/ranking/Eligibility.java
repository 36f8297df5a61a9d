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
  private final SlotMarks excluded = new SlotMarks();
  private int[] excludedSlots = new int[64];
  private int excludedCount;
  private int count;
  private long ruleFailures;

  Eligibility(ItemReplica items, ItemRule rule) {
    this.items = items;
    this.rule = rule;
  }

  /**
   * Takes up the next request.
   *
   * @param seen what is never to be recommended, or null
   * @param served what was shown, or null
   * @param servedSince event time after which what was shown is not to be shown again
   */
  void begin(SeenItems seen, ServedItems served, long servedSince) {
    excluded.clear();
    excludedCount = 0;
    int seenCount = seen == null ? 0 : seen.count;
    int servedCount = served == null ? 0 : served.count;
    if (seenCount + servedCount > excludedSlots.length) {
      excludedSlots = new int[Math.max(seenCount + servedCount, excludedSlots.length * 2)];
    }
    for (int i = 0; i < seenCount; i++) {
      exclude(seen.hashes[i]);
    }
    for (int i = 0; i < servedCount; i++) {
      if (served.servedMillis[i] > servedSince) {
        exclude(served.hashes[i]);
      }
    }
  }

  private void exclude(long idHash) {
    int slot = items.slotOfHash(idHash);
    if (slot >= 0 && !excluded.isMarked(slot)) {
      excluded.mark(slot);
      excludedSlots[excludedCount++] = slot;
    }
  }

  /** Tells whether the user has seen an item or was shown it of late. */
  boolean isExcluded(int slot) {
    return excluded.isMarked(slot);
  }

  int excludedCount() {
    return excludedCount;
  }

  /** Gives the nth of the items that {@link #isExcluded} holds for. */
  int excludedSlot(int n) {
    return excludedSlots[n];
  }

  /**
   * Takes up how many items somebody has interacted with that are not excluded; what the rule holds
   * back is among them, since to ask it about all would take too long.
   */
  void setCount(int count) {
    this.count = count;
  }

  int count() {
    return count;
  }

  /**
   * Tells whether an item may be recommended; costlier than {@link #isExcluded}, to be asked of
   * few.
   */
  boolean allows(int slot) {
    return items.popularity(slot) != DecayedCount.EMPTY && allowsProposed(slot);
  }

  /** The same for an item that a source proposes, although nobody may have interacted with it. */
  boolean allowsProposed(int slot) {
    return !isExcluded(slot) && isAllowed(slot);
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
