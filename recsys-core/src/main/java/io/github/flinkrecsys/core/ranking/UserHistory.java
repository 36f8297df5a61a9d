/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.neighbor.RecentItems;
import io.github.flinkrecsys.core.session.OpenSession;

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
}
