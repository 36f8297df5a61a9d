/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.neighbor.RecentItems;
import io.github.flinkrecsys.core.session.OpenSession;
import io.github.flinkrecsys.core.util.Hashes;
import java.time.Duration;

/** What ranking remembers of one user, as state. Flink POJO. */
public class UserHistory {
  /** Items not to be recommended again. */
  public SeenItems seen = new SeenItems();

  /** Items that the user turned to last. */
  public RecentItems recent = new RecentItems();

  /** Items of the session that goes on. */
  public OpenSession session = new OpenSession();

  /** Items that were shown last, where a {@link ListPolicy} asks for it. */
  public ServedItems served = new ServedItems();

  /** Event time of the newest interaction. */
  public long lastSeenMillis;

  /** Wall-clock time of the newest list that was served because the model changed. */
  public long servedAtMillis;

  /** Event time that a list held back by the throttle answers, or -1 if there is none. */
  public long heldBackMillis = -1;

  /** Interactions that wait for the initial model. */
  public int held;

  /** Makes an empty history. */
  public UserHistory() {}

  /**
   * Remembers an interaction.
   *
   * @param itemId of the interaction
   * @param timestampMillis of the interaction
   * @param window how many recent items are remembered
   * @param config bounds of the others
   */
  public void remember(String itemId, long timestampMillis, int window, RankingConfig config) {
    lastSeenMillis = Math.max(lastSeenMillis, timestampMillis);
    long hash = Hashes.hash(itemId);
    recent.add(hash, window);
    session.add(
        hash,
        timestampMillis,
        config.sessionGap().toMillis(),
        config.sessionNeighbors().maxLiveItems());
    exclude(hash, config);
  }

  /**
   * Remembers an item only as one not to be recommended again.
   *
   * @param itemId of the item
   * @param config bounds
   */
  public void exclude(String itemId, RankingConfig config) {
    exclude(Hashes.hash(itemId), config);
  }

  private void exclude(long hash, RankingConfig config) {
    if (config.maxSeenItems() > 0) {
      seen.add(hash, config.maxSeenItems());
    }
  }

  /**
   * Gives what a ranker goes by.
   *
   * @param userHash hash of the user's id
   * @param vector of the user, or null if not known
   * @param atMillis event time
   * @param sessionGap event time after which the session is over
   * @return context that shares memory with this
   */
  public RankingContext context(long userHash, float[] vector, long atMillis, Duration sessionGap) {
    boolean isOpen = session.isOpen(atMillis, sessionGap.toMillis());
    return new RankingContext(
        vector, seen, recent, isOpen ? session : null, atMillis, userHash, false);
  }
}
