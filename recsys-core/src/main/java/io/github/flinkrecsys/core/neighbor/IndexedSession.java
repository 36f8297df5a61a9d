/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.neighbor;

import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.core.util.Hashes;
import java.util.Arrays;

/**
 * A closed session as the index holds it. Sessions are equal by content.
 *
 * @param idHash {@link Hashes#hash} of the session's id, which names the session: two with one hash
 *     (one pair in 3e7 indexes of a million sessions) are taken for the same
 * @param itemIds in the order in which they were visited, repeats included; at least one, none
 *     null; not copied
 * @param endMillis event time of the last, milliseconds since 1970
 */
public record IndexedSession(long idHash, String[] itemIds, long endMillis) {

  /**
   * Checks.
   *
   * @param idHash hash of the session's id
   * @param itemIds visited
   * @param endMillis time of the last
   * @throws IllegalArgumentException if there is no item or one is null
   */
  public IndexedSession {
    Checks.notNull("itemIds", itemIds);
    Checks.require(itemIds.length > 0, "itemIds", "non-empty", "none");
    for (String itemId : itemIds) {
      Checks.notNull("itemId", itemId);
    }
  }

  /**
   * Names a session by its id.
   *
   * @param sessionId unique among the sessions that are remembered
   * @param itemIds visited, in order
   * @param endMillis event time of the last
   * @return the session
   */
  public static IndexedSession of(String sessionId, String[] itemIds, long endMillis) {
    return new IndexedSession(Hashes.hash(sessionId), itemIds, endMillis);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IndexedSession that
        && idHash == that.idHash
        && endMillis == that.endMillis
        && Arrays.equals(itemIds, that.itemIds);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Long.hashCode(idHash) + Long.hashCode(endMillis)) + Arrays.hashCode(itemIds);
  }

  @Override
  public String toString() {
    return "IndexedSession[idHash="
        + idHash
        + ", itemIds="
        + Arrays.toString(itemIds)
        + ", endMillis="
        + endMillis
        + "]";
  }
}
