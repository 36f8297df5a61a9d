/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.graph;

import java.util.Arrays;

/**
 * Slots for nodes, that of the node in front whose newest edge is the oldest; of equal ones, that
 * with the smaller hash. Not thread-safe.
 *
 * <p>A heap that is not told of each new edge: a node stands where its newest edge was when it was
 * last looked at, which is too far in front at most. Who takes the front renews it first. So an
 * edge costs nothing here, and a node that leaves O(log nodes), once per edge at most.
 */
final class NodeQueue {
  /** Per slot: a stamp, a hash, a place in the heap. */
  static final int SLOT_BYTES = 8 + 8 + 4;

  private static final int FIRST_CAPACITY = 16;

  private long[] stamps = new long[FIRST_CAPACITY];
  private long[] nodes = new long[FIRST_CAPACITY];

  /** The slots in use as a heap, behind them those that have become free. */
  private int[] heap = new int[FIRST_CAPACITY];

  private int size;
  private int used;

  /** Takes a free slot for a node, at most one more than there ever were. */
  int add(long node, long stamp) {
    if (size == used) {
      if (used == heap.length) {
        int capacity = used + used / 2;
        stamps = Arrays.copyOf(stamps, capacity);
        nodes = Arrays.copyOf(nodes, capacity);
        heap = Arrays.copyOf(heap, capacity);
      }
      heap[used] = used++;
    }
    int slot = heap[size];
    stamps[slot] = stamp;
    nodes[slot] = node;
    rise(size++);
    return slot;
  }

  int size() {
    return size;
  }

  /** Gives the slot at a place, 0 for the front, others in no order up to {@code size}. */
  int slot(int place) {
    return heap[place];
  }

  long node(int slot) {
    return nodes[slot];
  }

  /** Tells what was known of the newest edge of the node in front: its stamp, or an older one. */
  long frontStamp() {
    return stamps[heap[0]];
  }

  /** Moves the node in front to where its newest edge belongs. */
  void renewFront(long stamp) {
    stamps[heap[0]] = stamp;
    sink();
  }

  /** Frees the slot in front. */
  void removeFront() {
    int free = heap[0];
    heap[0] = heap[--size];
    heap[size] = free;
    sink();
  }

  private void rise(int from) {
    int slot = heap[from];
    int place = from;
    while (place > 0 && isBefore(slot, heap[(place - 1) / 2])) {
      heap[place] = heap[(place - 1) / 2];
      place = (place - 1) / 2;
    }
    heap[place] = slot;
  }

  private void sink() {
    int slot = heap[0];
    int place = 0;
    int child = 1;
    while (child < size) {
      if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
        child++;
      }
      if (!isBefore(heap[child], slot)) {
        break;
      }
      heap[place] = heap[child];
      place = child;
      child = 2 * place + 1;
    }
    heap[place] = slot;
  }

  private boolean isBefore(int slot, int other) {
    return stamps[slot] < stamps[other]
        || stamps[slot] == stamps[other] && nodes[slot] < nodes[other];
  }
}
