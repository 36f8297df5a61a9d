/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.neighbor;

import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;

/**
 * How much a {@link SessionIndex} remembers.
 *
 * @param maxSessions sessions remembered; the oldest go first
 * @param maxBytes bytes of heap that the index may take, at least 1 MiB; the oldest sessions go
 *     first
 * @param maxSessionLength items kept of one session, its last; at most 10,000
 * @param sessionsPerItem most recent sessions in which an item can be found; at most 1,000,000.
 *     What a query costs grows with it
 */
public record SessionIndexConfig(
    int maxSessions, long maxBytes, int maxSessionLength, int sessionsPerItem)
    implements Serializable {

  /**
   * Checks.
   *
   * @param maxSessions how many sessions are remembered
   * @param maxBytes how many bytes of heap they may take
   * @param maxSessionLength how many items of a session are kept
   * @param sessionsPerItem in how many sessions an item can be found
   * @throws IllegalArgumentException if a value is out of its range
   */
  public SessionIndexConfig {
    Checks.nonNegative("maxSessions", maxSessions);
    Checks.require(maxBytes >= MIN_BYTES, "maxBytes", "at least " + MIN_BYTES, maxBytes);
    Checks.between("maxSessionLength", maxSessionLength, 1, 10_000);
    Checks.between("sessionsPerItem", sessionsPerItem, 1, 1_000_000);
  }

  private static final long MIN_BYTES = 1L << 20;

  /** Remembers none. */
  public static final SessionIndexConfig NONE = builder().maxSessions(0).build();

  /**
   * Starts from the defaults.
   *
   * @return a builder with a million sessions, 512 MiB, the last 50 items of a session, and the 500
   *     most recent sessions of an item, as VMIS-kNN has it
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Gives the defaults.
   *
   * @return what a fresh {@link #builder} builds
   */
  public static SessionIndexConfig defaults() {
    return builder().build();
  }

  /** Sets some values and leaves the others at their default. */
  public static final class Builder {
    private int maxSessions = 1_000_000;
    private long maxBytes = 512L << 20;
    private int maxSessionLength = 50;
    private int sessionsPerItem = 500;

    private Builder() {}

    /**
     * Sets how many sessions are remembered.
     *
     * @param maxSessions see {@link SessionIndexConfig#maxSessions}
     * @return this
     */
    public Builder maxSessions(int maxSessions) {
      this.maxSessions = maxSessions;
      return this;
    }

    /**
     * Sets how many bytes of heap they may take.
     *
     * @param maxBytes see {@link SessionIndexConfig#maxBytes}
     * @return this
     */
    public Builder maxBytes(long maxBytes) {
      this.maxBytes = maxBytes;
      return this;
    }

    /**
     * Sets how many items of a session are kept.
     *
     * @param maxSessionLength see {@link SessionIndexConfig#maxSessionLength}
     * @return this
     */
    public Builder maxSessionLength(int maxSessionLength) {
      this.maxSessionLength = maxSessionLength;
      return this;
    }

    /**
     * Sets in how many sessions an item can be found.
     *
     * @param sessionsPerItem see {@link SessionIndexConfig#sessionsPerItem}
     * @return this
     */
    public Builder sessionsPerItem(int sessionsPerItem) {
      this.sessionsPerItem = sessionsPerItem;
      return this;
    }

    /**
     * Builds.
     *
     * @return the config
     * @throws IllegalArgumentException if a value is out of its range
     */
    public SessionIndexConfig build() {
      return new SessionIndexConfig(maxSessions, maxBytes, maxSessionLength, sessionsPerItem);
    }
  }
}
