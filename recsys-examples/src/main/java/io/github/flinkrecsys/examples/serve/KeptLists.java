/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.util.Checks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The newest list of each of the users who were active last, in memory. */
final class KeptLists implements RecommendationStore {
  private final int maxUsers;
  private final LinkedHashMap<String, RecommendationList> lists;

  /**
   * Makes an empty store.
   *
   * @param maxUsers beyond which the user whose list is oldest is forgotten
   */
  KeptLists(int maxUsers) {
    this.maxUsers = Checks.positive("maxUsers", maxUsers);
    this.lists = new LinkedHashMap<>();
  }

  synchronized void put(RecommendationList list) {
    lists.remove(list.userId());
    lists.put(list.userId(), list);
    if (lists.size() > maxUsers) {
      lists.remove(lists.keySet().iterator().next());
    }
  }

  @Override
  public synchronized Optional<RecommendationList> get(String userId) {
    return Optional.ofNullable(lists.get(userId));
  }

  synchronized int size() {
    return lists.size();
  }

  /** Gives the users whose lists are newest, the newest first; O(users kept). */
  synchronized List<String> newestUsers(int count) {
    List<String> users = new ArrayList<>(lists.keySet());
    Collections.reverse(users);
    return List.copyOf(users.subList(0, Math.min(count, users.size())));
  }
}
