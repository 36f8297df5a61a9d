/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.neighbor;

import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.core.util.Hashes;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntHeapPriorityQueue;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The most recent sessions, and for each item the most recent sessions that hold it: the index of
 * VMIS-kNN, which grows with every session that closes.
 *
 * <p>Sessions may come in any order; the later its end, the more recent a session is, and among
 * equal ends the hash of the id decides. When there are too many sessions or bytes, the oldest go.
 * An item that no remembered session holds is forgotten with its id. Inside, sessions and items are
 * dense slots that are used again; they mean nothing outside.
 *
 * <p>Any number of threads may read and write. Readers share a lock, so each query sees the index
 * as it is between two additions.
 *
 * <p>Memory: {@link #bytes}.
 *
 * @see <a href="https://doi.org/10.1145/3514221.3517901">Kersbergen, Sprangers and Schelter,
 *     Serenade, 2022</a>
 */
public final class SessionIndex {
  /**
   * What a session slot takes beside the items: 20 bytes in arrays and 8 in the heap and the list
   * of free slots, all of which grow by half, and 12 in a hash table at least three eighths full.
   */
  private static final int SESSION_SLOT_BYTES = 28 * 3 / 2 + 12 * 8 / 3;

  /** What an item slot takes beside its postings: the same with 8 and 8 bytes. */
  private static final int ITEM_SLOT_BYTES = 8 * 3 / 2 + 8 * 8 / 3 + 1;

  /** One session may take no more than this share of all bytes. */
  private static final int LARGEST_SHARE = 16;

  private static final int FIRST_CAPACITY = 64;

  private final SessionIndexConfig config;

  // A lock, since a structure that readers could walk without one would have to copy what an
  // addition changes. At 18,000 sessions an addition keeps readers out for 1 us (p50), at a hundred
  // times as many for 4 us, where a query takes 51 and 277 us (SessionNeighborBenchmark).
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  private final Long2IntOpenHashMap sessionSlots = new Long2IntOpenHashMap();
  private final IntArrayList freeSessions = new IntArrayList();
  private final IntHeapPriorityQueue oldest =
      new IntHeapPriorityQueue((a, b) -> isNewer(a, b) ? 1 : isNewer(b, a) ? -1 : 0);
  private int[][] itemsOf = new int[FIRST_CAPACITY][];
  private long[] endMillis = new long[FIRST_CAPACITY];
  private long[] idHashes = new long[FIRST_CAPACITY];
  private int usedSessionSlots;

  private final Object2IntOpenHashMap<String> itemSlots = new Object2IntOpenHashMap<>();
  private final IntArrayList freeItems = new IntArrayList();
  private ItemPostings[] postings = new ItemPostings[FIRST_CAPACITY];
  private int usedItemSlots;

  private long contentBytes;
  private long step;

  /**
   * Makes an empty index.
   *
   * @param config its bounds
   */
  public SessionIndex(SessionIndexConfig config) {
    this.config = Checks.notNull("config", config);
    itemSlots.defaultReturnValue(-1);
  }

  /**
   * Gives the bounds.
   *
   * @return what the index was made with
   */
  public SessionIndexConfig config() {
    return config;
  }

  /**
   * Adds a session, unless it is there already: one that comes twice counts once, so several
   * threads may be handed the same sessions.
   *
   * @param session closed; of a longer one than the config allows the last items are kept
   * @return whether it is new and remembered; a session is refused if it is older than all of a
   *     full index, or would alone take a sixteenth of the bytes
   * @implNote O(length of the session and of those that have to go), plus, for a session that is
   *     not the newest of an item, the more recent ones of that item's.
   */
  public boolean add(IndexedSession session) {
    lock.writeLock().lock();
    try {
      if (sessionSlots.containsKey(session.idHash()) || isTooOld(session)) {
        return false;
      }
      String[] itemIds = session.itemIds();
      int first = Math.max(0, itemIds.length - config.maxSessionLength());
      if (ownBytes(itemIds, first) > config.maxBytes() / LARGEST_SHARE) {
        return false;
      }
      if (sessionSlots.size() == config.maxSessions()) {
        removeOldest();
      }
      insert(session, first);
      while (unlockedBytes() > config.maxBytes()) {
        removeOldest();
      }
      return sessionSlots.containsKey(session.idHash());
    } finally {
      lock.writeLock().unlock();
    }
  }

  private boolean isTooOld(IndexedSession session) {
    if (sessionSlots.size() < config.maxSessions()) {
      return false;
    }
    if (oldest.isEmpty()) {
      return true;
    }
    int slot = oldest.firstInt();
    return session.endMillis() < endMillis[slot]
        || session.endMillis() == endMillis[slot] && session.idHash() < idHashes[slot];
  }

  private static long ownBytes(String[] itemIds, int first) {
    long bytes = HeapBytes.ofArray(itemIds.length - first, Integer.BYTES);
    for (int i = first; i < itemIds.length; i++) {
      bytes += ItemPostings.smallestBytes(itemIds[i]);
    }
    return bytes;
  }

  private void insert(IndexedSession session, int first) {
    int slot = freeSessions.isEmpty() ? newSessionSlot() : freeSessions.popInt();
    String[] itemIds = session.itemIds();
    int[] items = new int[itemIds.length - first];
    itemsOf[slot] = items;
    endMillis[slot] = session.endMillis();
    idHashes[slot] = session.idHash();
    sessionSlots.put(session.idHash(), slot);
    oldest.enqueue(slot);
    contentBytes += HeapBytes.ofArray(items.length, Integer.BYTES);
    step++;
    for (int i = 0; i < items.length; i++) {
      int item = admit(itemIds[first + i]);
      items[i] = item;
      ItemPostings held = postings[item];
      if (held.seenInStep != step) {
        held.seenInStep = step;
        held.sessionCount++;
        contentBytes -= held.bytes();
        held.add(slot, config.sessionsPerItem(), this::isNewer);
        contentBytes += held.bytes();
      }
    }
  }

  private int newSessionSlot() {
    if (usedSessionSlots == endMillis.length) {
      int capacity = usedSessionSlots + usedSessionSlots / 2;
      itemsOf = Arrays.copyOf(itemsOf, capacity);
      endMillis = Arrays.copyOf(endMillis, capacity);
      idHashes = Arrays.copyOf(idHashes, capacity);
    }
    return usedSessionSlots++;
  }

  private int admit(String itemId) {
    int known = itemSlots.getInt(itemId);
    if (known >= 0) {
      return known;
    }
    int item = freeItems.isEmpty() ? newItemSlot() : freeItems.popInt();
    postings[item] = new ItemPostings(itemId);
    itemSlots.put(itemId, item);
    contentBytes += postings[item].bytes();
    return item;
  }

  private int newItemSlot() {
    if (usedItemSlots == postings.length) {
      postings = Arrays.copyOf(postings, usedItemSlots + usedItemSlots / 2);
    }
    return usedItemSlots++;
  }

  private void removeOldest() {
    int slot = oldest.dequeueInt();
    int[] items = itemsOf[slot];
    itemsOf[slot] = null;
    sessionSlots.remove(idHashes[slot]);
    freeSessions.push(slot);
    contentBytes -= HeapBytes.ofArray(items.length, Integer.BYTES);
    step++;
    for (int item : items) {
      ItemPostings held = postings[item];
      if (held != null && held.seenInStep != step) {
        held.seenInStep = step;
        contentBytes -= held.bytes();
        held.removeOldest(slot);
        if (--held.sessionCount == 0) {
          itemSlots.removeInt(held.id);
          postings[item] = null;
          freeItems.push(item);
        } else {
          contentBytes += held.bytes();
        }
      }
    }
  }

  /**
   * Counts the sessions.
   *
   * @return how many are remembered
   */
  public int size() {
    lock.readLock().lock();
    try {
      return sessionSlots.size();
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Counts the items.
   *
   * @return how many the remembered sessions hold
   */
  public int itemCount() {
    lock.readLock().lock();
    try {
      return itemSlots.size();
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Tells what the index takes.
   *
   * @return bytes of heap, as if every growing array had just grown; while one grows, its old copy
   *     comes on top
   */
  public long bytes() {
    lock.readLock().lock();
    try {
      return unlockedBytes();
    } finally {
      lock.readLock().unlock();
    }
  }

  private long unlockedBytes() {
    return contentBytes
        + (long) usedSessionSlots * SESSION_SLOT_BYTES
        + (long) usedItemSlots * ITEM_SLOT_BYTES;
  }

  /**
   * Hands out a share of the sessions; the shares of one count are disjoint and complete.
   *
   * @param share which, from 0 on
   * @param shares how many there are
   * @return sessions whose hash falls into the share, oldest first; what {@link #add} takes
   * @throws IllegalArgumentException if there is no such share
   */
  public List<IndexedSession> sessions(int share, int shares) {
    Checks.positive("shares", shares);
    Checks.between("share", share, 0, shares - 1);
    List<IndexedSession> sessions = new ArrayList<>();
    lock.readLock().lock();
    try {
      for (int slot = 0; slot < usedSessionSlots; slot++) {
        if (itemsOf[slot] != null && Hashes.below(Hashes.mix(idHashes[slot]), shares) == share) {
          sessions.add(session(slot));
        }
      }
    } finally {
      lock.readLock().unlock();
    }
    sessions.sort(
        Comparator.comparingLong(IndexedSession::endMillis)
            .thenComparingLong(IndexedSession::idHash));
    return sessions;
  }

  private IndexedSession session(int slot) {
    int[] items = itemsOf[slot];
    String[] itemIds = new String[items.length];
    Arrays.setAll(itemIds, i -> postings[items[i]].id);
    return new IndexedSession(idHashes[slot], itemIds, endMillis[slot]);
  }

  // What follows is for readers that hold the lock.

  Lock readLock() {
    return lock.readLock();
  }

  boolean isEmpty() {
    return oldest.isEmpty();
  }

  long oldestEndMillis() {
    return endMillis[oldest.firstInt()];
  }

  int sessionCount() {
    return sessionSlots.size();
  }

  int sessionSlotCount() {
    return usedSessionSlots;
  }

  int itemSlotCount() {
    return usedItemSlots;
  }

  int itemSlot(String itemId) {
    return itemSlots.getInt(itemId);
  }

  ItemPostings postings(int item) {
    return postings[item];
  }

  int[] items(int slot) {
    return itemsOf[slot];
  }

  long endMillis(int slot) {
    return endMillis[slot];
  }

  boolean isNewer(int slot, int thanSlot) {
    return endMillis[slot] > endMillis[thanSlot]
        || endMillis[slot] == endMillis[thanSlot] && idHashes[slot] > idHashes[thanSlot];
  }
}
