/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.als;

import io.github.flinkrecsys.core.util.Checks;
import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.Arrays;
import java.util.List;

/**
 * Which user has turned to which items, each pair once: compressed sparse rows, one per user.
 *
 * <p>It takes 4 bytes per pair and 4 per user, and the ids, which are shared with the model. A
 * training holds it twice, by user and by item. While it is built there are 8 bytes per pair, up to
 * 12 while an array grows, and a hash table of the ids.
 */
public final class InteractionMatrix {
  private final List<String> userIds;
  private final List<String> itemIds;
  private final SparseRows rows;

  private InteractionMatrix(List<String> userIds, List<String> itemIds, SparseRows rows) {
    this.userIds = userIds;
    this.itemIds = itemIds;
    this.rows = rows;
  }

  /**
   * Starts an empty matrix.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Gives the users.
   *
   * @return their ids, in the order in which they came first; not modifiable
   */
  public List<String> userIds() {
    return userIds;
  }

  /**
   * Gives the items.
   *
   * @return their ids, in the order in which they came first; not modifiable
   */
  public List<String> itemIds() {
    return itemIds;
  }

  /**
   * Counts the pairs.
   *
   * @return how many different pairs of user and item there are
   */
  public int pairs() {
    return rows.size();
  }

  /**
   * Gives what a user has turned to.
   *
   * @param user index of the user in {@link #userIds}
   * @return indices of the items in {@link #itemIds}, ascending; a copy
   */
  public int[] itemsOf(int user) {
    return rows.copyOfRow(user);
  }

  SparseRows byUser() {
    return rows;
  }

  /** Collects pairs; belongs to one thread. */
  public static final class Builder {
    private static final int MAX_PAIRS = Integer.MAX_VALUE - 8;

    private final Ids users = new Ids();
    private final Ids items = new Ids();
    private int[] userOf = new int[1024];
    private int[] itemOf = new int[1024];
    private int size;

    private Builder() {}

    /**
     * Adds a pair; one that is there already is not counted twice.
     *
     * @param userId not empty
     * @param itemId not empty
     * @return this
     * @throws IllegalArgumentException if an id is empty
     * @throws IllegalStateException if there are more pairs than an array can hold
     */
    public Builder add(String userId, String itemId) {
      Checks.notBlank("userId", userId);
      Checks.notBlank("itemId", itemId);
      if (size == MAX_PAIRS) {
        throw new IllegalStateException("pairs must be at most " + size + ", got one more");
      }
      userOf = IntArrays.grow(userOf, size + 1);
      itemOf = IntArrays.grow(itemOf, size + 1);
      userOf[size] = users.index(userId);
      itemOf[size++] = items.index(itemId);
      return this;
    }

    /**
     * Builds.
     *
     * @return the matrix
     * @implNote O(pairs * log(pairs of a user)).
     */
    public InteractionMatrix build() {
      List<String> userIds = users.inOrder();
      return new InteractionMatrix(
          userIds, items.inOrder(), SparseRows.of(userIds.size(), userOf, itemOf, size));
    }
  }

  /** Numbers ids in the order in which they come. */
  private static final class Ids {
    private final Object2IntOpenHashMap<String> indices = new Object2IntOpenHashMap<>();

    int index(String id) {
      int next = indices.size();
      int known = indices.putIfAbsent(id, next);
      return indices.size() > next ? next : known;
    }

    List<String> inOrder() {
      String[] ids = new String[indices.size()];
      indices.object2IntEntrySet().fastForEach(e -> ids[e.getIntValue()] = e.getKey());
      return List.copyOf(Arrays.asList(ids));
    }
  }
}
