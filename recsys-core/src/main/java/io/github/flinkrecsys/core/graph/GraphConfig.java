/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.graph;

import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;
import java.time.Duration;

/**
 * How much an {@link InteractionGraph} remembers.
 *
 * @param window event time after which an edge falls out; zero keeps nothing, which is off
 * @param edgesPerUser newest items of a user that are kept, 1 to 100,000
 * @param edgesPerItem newest users of an item that are kept, 1 to 100,000
 * @param maxUsers users remembered; those whose newest edge is the oldest go first
 * @param maxItems items remembered, likewise
 * @param maxBytes bytes of heap that the graph may take, at least 1 MiB and twice a node with all
 *     its edges; half is the items'
 */
public record GraphConfig(
    Duration window, int edgesPerUser, int edgesPerItem, int maxUsers, int maxItems, long maxBytes)
    implements Serializable {
  private static final long MIN_BYTES = 1L << 20;
  private static final int MAX_EDGES = 100_000;

  /** Remembers nothing. */
  public static final GraphConfig NONE = builder().window(Duration.ZERO).build();

  /**
   * Checks.
   *
   * @param window see the record
   * @param edgesPerUser see the record
   * @param edgesPerItem see the record
   * @param maxUsers see the record
   * @param maxItems see the record
   * @param maxBytes see the record
   * @throws IllegalArgumentException if one is out of range
   */
  public GraphConfig {
    Checks.nonNegative("window", window);
    Checks.between("edgesPerUser", edgesPerUser, 1, MAX_EDGES);
    Checks.between("edgesPerItem", edgesPerItem, 1, MAX_EDGES);
    Checks.positive("maxUsers", maxUsers);
    Checks.positive("maxItems", maxItems);
    Checks.require(maxBytes >= MIN_BYTES, "maxBytes", "at least " + MIN_BYTES, maxBytes);
    int edges = Math.max(edgesPerUser, edgesPerItem);
    Checks.require(
        maxBytes / 2 >= NodeTable.bytes(edges),
        "maxBytes",
        "at least " + 2 * NodeTable.bytes(edges) + ", twice a node of " + edges + " edges",
        maxBytes);
  }

  /**
   * Tells whether anything is remembered.
   *
   * @return false if the window is zero
   */
  public boolean isOn() {
    return !window.isZero();
  }

  /**
   * Gives where the window begins.
   *
   * @param atMillis event time at which it ends
   * @return event time of the oldest edge that counts
   */
  public long fromMillis(long atMillis) {
    long from = atMillis - window.toMillis() + 1;
    return from > atMillis + 1 ? Long.MIN_VALUE : from;
  }

  /**
   * Starts from the defaults.
   *
   * @return builder: window 90 days, 100 edges per user and 300 per item, a million nodes of either
   *     kind, 1 GiB
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Sets some values and leaves the others at their default. */
  public static final class Builder {
    private Duration window = Duration.ofDays(90);
    private int edgesPerUser = 100;
    private int edgesPerItem = 300;
    private int maxUsers = 1_000_000;
    private int maxItems = 1_000_000;
    private long maxBytes = 1L << 30;

    private Builder() {}

    /**
     * Sets how long an edge counts.
     *
     * @param value event time, zero for off
     * @return this
     */
    public Builder window(Duration value) {
      window = value;
      return this;
    }

    /**
     * Sets how many items of a user are kept.
     *
     * @param value 1 to 100,000
     * @return this
     */
    public Builder edgesPerUser(int value) {
      edgesPerUser = value;
      return this;
    }

    /**
     * Sets how many users of an item are kept.
     *
     * @param value 1 to 100,000
     * @return this
     */
    public Builder edgesPerItem(int value) {
      edgesPerItem = value;
      return this;
    }

    /**
     * Sets how many users are remembered.
     *
     * @param value at least 1
     * @return this
     */
    public Builder maxUsers(int value) {
      maxUsers = value;
      return this;
    }

    /**
     * Sets how many items are remembered.
     *
     * @param value at least 1
     * @return this
     */
    public Builder maxItems(int value) {
      maxItems = value;
      return this;
    }

    /**
     * Sets how much heap the graph may take.
     *
     * @param value bytes, at least 1 MiB
     * @return this
     */
    public Builder maxBytes(long value) {
      maxBytes = value;
      return this;
    }

    /**
     * Builds.
     *
     * @return the config
     * @throws IllegalArgumentException if a value is out of its range
     */
    public GraphConfig build() {
      return new GraphConfig(window, edgesPerUser, edgesPerItem, maxUsers, maxItems, maxBytes);
    }
  }
}
