/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.neighbor;

/** One item of a {@link SessionIndex}: its id and the most recent sessions that hold it. */
final class ItemPostings {
  private static final int FIRST_CAPACITY = 4;

  /** Header, two references, three ints, one long. */
  private static final int OBJECT_BYTES = 40;

  final String id;

  /** How many remembered sessions hold the item, whether or not they are among the postings. */
  int sessionCount;

  /** The writer's mark: which step saw the item last, so that repeats in a session count once. */
  long seenInStep;

  private int[] slots = new int[FIRST_CAPACITY];
  private int from;
  private int to;

  /** Orders session slots by recency. */
  interface Recency {
    boolean isNewer(int slot, int thanSlot);
  }

  ItemPostings(String id) {
    this.id = id;
  }

  int size() {
    return to - from;
  }

  /** Gives a session by recency: 0 is the newest. */
  int newest(int rank) {
    return slots[to - 1 - rank];
  }

  /** Adds a session, by recency; among more than {@code bound} the oldest is dropped. */
  void add(int slot, int bound, Recency recency) {
    if (size() == bound) {
      if (!recency.isNewer(slot, slots[from])) {
        return;
      }
      from++;
    }
    if (to == slots.length) {
      makeRoom(bound);
    }
    int at = to++;
    while (at > from && recency.isNewer(slots[at - 1], slot)) {
      slots[at] = slots[at - 1];
      at--;
    }
    slots[at] = slot;
  }

  /** A quarter of slack at the bound, so that moving costs four ints per session added. */
  private void makeRoom(int bound) {
    int size = size();
    int largest = Math.max(FIRST_CAPACITY, bound + bound / 4 + 1);
    boolean roomInFront = from > slots.length / 8;
    int[] target = roomInFront ? slots : new int[Math.min(2 * slots.length, largest)];
    System.arraycopy(slots, from, target, 0, size);
    slots = target;
    from = 0;
    to = size;
  }

  /** Removes the oldest of all remembered sessions: it is the oldest here, or dropped before. */
  void removeOldest(int slot) {
    if (size() > 0 && slots[from] == slot) {
      from++;
    }
    if (slots.length > FIRST_CAPACITY && size() < slots.length / 4) {
      int[] smaller = new int[Math.max(FIRST_CAPACITY, slots.length / 2)];
      int size = size();
      System.arraycopy(slots, from, smaller, 0, size);
      slots = smaller;
      from = 0;
      to = size;
    }
  }

  /** Tells the heap that this takes, the id included. */
  long bytes() {
    return OBJECT_BYTES + HeapBytes.ofString(id) + HeapBytes.ofArray(slots.length, Integer.BYTES);
  }

  /** Tells the heap that an item takes as long as few sessions hold it. */
  static long smallestBytes(String id) {
    return OBJECT_BYTES + HeapBytes.ofString(id) + HeapBytes.ofArray(FIRST_CAPACITY, Integer.BYTES);
  }
}
