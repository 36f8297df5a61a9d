/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.session;

import java.util.Arrays;

/**
 * The items of the session that a user is in, oldest first, as hashes of their ids, repeats
 * included: what ranking needs of it while it goes on. Flink POJO; 8 bytes per item, grown by
 * doubling up to the bound.
 *
 * <p>Cut by the gap alone and in the order of arrival, so that it answers at once; which events a
 * closed {@link Session} holds is decided by {@link SessionSplitter}.
 */
public class OpenSession {
  /** Hashes; {@code hashes[0..count)} are in use, the newest last. */
  public long[] hashes = new long[4];

  /** How many are in use. */
  public int count;

  /** Event time of the newest. */
  public long lastMillis = Long.MIN_VALUE;

  /** Makes a session without items. */
  public OpenSession() {}

  /**
   * Adds an item, as the first of a new session if it comes a gap or more after the newest. One
   * that is a gap or more older than the newest belongs to an earlier session and is passed over.
   *
   * @param idHash of the item
   * @param timestampMillis of the interaction
   * @param gapMillis pause that ends a session
   * @param maxItems how many are kept, at least 1; the oldest beyond are dropped
   */
  public void add(long idHash, long timestampMillis, long gapMillis, int maxItems) {
    if (count > 0 && timestampMillis <= lastMillis - gapMillis) {
      return;
    }
    if (!isOpen(timestampMillis, gapMillis)) {
      count = 0;
    }
    if (count >= maxItems) {
      System.arraycopy(hashes, count - maxItems + 1, hashes, 0, maxItems - 1);
      count = maxItems - 1;
    }
    if (count == hashes.length) {
      hashes = Arrays.copyOf(hashes, count * 2);
    }
    hashes[count++] = idHash;
    lastMillis = Math.max(lastMillis, timestampMillis);
  }

  /**
   * Tells whether the session goes on.
   *
   * @param atMillis event time
   * @param gapMillis pause that ends a session
   * @return false if there are no items, or the pause is over
   */
  public boolean isOpen(long atMillis, long gapMillis) {
    return count > 0 && atMillis - lastMillis < gapMillis;
  }
}
