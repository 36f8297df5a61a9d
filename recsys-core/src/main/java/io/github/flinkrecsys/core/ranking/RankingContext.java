/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.neighbor.RecentItems;
import io.github.flinkrecsys.core.session.OpenSession;

/**
 * What is known of the user for whom candidates are wanted.
 *
 * @param user factors, then bias, or null if there are none
 * @param seen items not to be recommended, or null if there are none
 * @param recent items that the user turned to last, or null if there are none
 * @param session that the user is in, or null if there is none
 * @param atMillis event time as of which counts and weights decay
 * @param userHash hash of the user's id, or 0 if there is none
 * @param byItems whether {@code recent} is all that counts, since the user asked by these items
 */
public record RankingContext(
    float[] user,
    SeenItems seen,
    RecentItems recent,
    OpenSession session,
    long atMillis,
    long userHash,
    boolean byItems) {
  /**
   * Makes the context of a user whose id does not matter.
   *
   * @param user see the record
   * @param seen see the record
   * @param recent see the record
   * @param session see the record
   * @param atMillis see the record
   */
  public RankingContext(
      float[] user, SeenItems seen, RecentItems recent, OpenSession session, long atMillis) {
    this(user, seen, recent, session, atMillis, 0, false);
  }

  /**
   * Makes the context of a user of whom nothing is known.
   *
   * @param atMillis event time
   * @return the context
   */
  public static RankingContext unknownUser(long atMillis) {
    return new RankingContext(null, null, null, null, atMillis);
  }

  boolean isUnknown() {
    return user == null && (recent == null || recent.count == 0);
  }

  /** Counts the items that the user is known to have turned to, as far as they are remembered. */
  int historyLength() {
    return Math.max(seen == null ? 0 : seen.count, recent == null ? 0 : recent.count);
  }
}
