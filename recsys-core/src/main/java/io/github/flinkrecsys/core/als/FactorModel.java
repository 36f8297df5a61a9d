/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.als;

import io.github.flinkrecsys.core.util.Checks;
import java.util.List;
import java.util.Set;

/**
 * A trained model: a vector per user and per item, whose dot product is the user's preference.
 *
 * <p>It takes 4 bytes * factors and about 24 more per vector, and the ids. The arrays are the
 * model's own and are not copied, since a model may fill most of the heap: leave them as they are.
 */
public final class FactorModel {
  private final long version;
  private final int factors;
  private final List<String> userIds;
  private final float[][] users;
  private final List<String> itemIds;
  private final float[][] items;

  /**
   * Makes a model.
   *
   * @param version of the model; a newer one has a higher number
   * @param factors length of every vector
   * @param userIds who; each once
   * @param users their vectors, in the same order
   * @param itemIds which items; each once
   * @param items their vectors, in the same order
   * @throws IllegalArgumentException if the version is negative, an id blank or there twice, a
   *     vector's length not {@code factors}, or if there are not as many vectors as ids
   */
  public FactorModel(
      long version,
      int factors,
      List<String> userIds,
      float[][] users,
      List<String> itemIds,
      float[][] items) {
    this.version = Checks.nonNegative("version", version);
    this.factors = Checks.positive("factors", factors);
    this.userIds = checked("userIds", userIds, users, factors);
    this.users = users;
    this.itemIds = checked("itemIds", itemIds, items, factors);
    this.items = items;
  }

  FactorModelHeader header() {
    return new FactorModelHeader(version, factors, users.length, items.length);
  }

  private static List<String> checked(String name, List<String> ids, float[][] rows, int factors) {
    Checks.require(ids.size() == rows.length, name, "as many as vectors", ids.size());
    ids.forEach(id -> Checks.notBlank(name, id));
    Checks.require(Set.copyOf(ids).size() == ids.size(), name, "each there once", ids.size());
    for (float[] row : rows) {
      Checks.require(row.length == factors, "vectors", "of length " + factors, row.length);
    }
    return List.copyOf(ids);
  }

  /**
   * Gives the version.
   *
   * @return not negative; a newer model has a higher number
   */
  public long version() {
    return version;
  }

  /**
   * Gives the number of factors.
   *
   * @return the length of every vector
   */
  public int factors() {
    return factors;
  }

  /**
   * Gives the users.
   *
   * @return their ids, in the order of {@link #user}; not modifiable
   */
  public List<String> userIds() {
    return userIds;
  }

  /**
   * Gives the items.
   *
   * @return their ids, in the order of {@link #item}; not modifiable
   */
  public List<String> itemIds() {
    return itemIds;
  }

  /**
   * Gives a user's vector.
   *
   * @param index of the user in {@link #userIds}
   * @return the vector itself, not a copy; all zeros for a user who has turned to nothing
   * @throws IndexOutOfBoundsException if there is no such user
   */
  public float[] user(int index) {
    return users[index];
  }

  /**
   * Gives an item's vector.
   *
   * @param index of the item in {@link #itemIds}
   * @return the vector itself, not a copy
   * @throws IndexOutOfBoundsException if there is no such item
   */
  public float[] item(int index) {
    return items[index];
  }
}
