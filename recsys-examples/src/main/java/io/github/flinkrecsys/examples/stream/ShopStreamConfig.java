/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.stream;

import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;
import java.time.Instant;

/**
 * What a made-up shop looks like.
 *
 * @param users how many visitors it has
 * @param items how many items it has from the start
 * @param newItems how many items appear later, evenly over the stream
 * @param events how many interactions the stream has; in event time at most 1e11 seconds long
 * @param seed of everything random
 * @param start event time of the beginning; from 1970 and before 3000
 * @param eventsPerSecond mean number of interactions per second of event time
 */
public record ShopStreamConfig(
    int users,
    int items,
    int newItems,
    long events,
    long seed,
    Instant start,
    double eventsPerSecond)
    implements Serializable {

  /**
   * Checks.
   *
   * @param users visitors
   * @param items from the start
   * @param newItems that appear later
   * @param events interactions
   * @param seed of everything random
   * @param start event time of the beginning
   * @param eventsPerSecond interactions per second of event time
   * @throws IllegalArgumentException if a number is out of range
   */
  public ShopStreamConfig {
    Checks.between("users", users, 1, 10_000_000);
    Checks.between("items", items, 1, 10_000_000);
    Checks.between("newItems", newItems, 0, 10_000_000);
    Checks.positive("events", events);
    Checks.notNull("start", start);
    Checks.require(
        !start.isBefore(Instant.EPOCH) && start.isBefore(Instant.parse("3000-01-01T00:00:00Z")),
        "start",
        "between the years 1970 and 3000",
        start);
    Checks.inRange("eventsPerSecond", eventsPerSecond, 1e-6, 1e6);
    double seconds = events / eventsPerSecond;
    Checks.require(seconds <= 1e11, "events / eventsPerSecond", "at most 1e11", seconds);
  }

  /**
   * Starts from the defaults: 5,000 users, 2,000 items and 400 new ones, 200,000 events, seed 42,
   * from the beginning of 2026, one event per second.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Sets what differs from the defaults; {@link #build} checks. */
  public static final class Builder {
    private int users = 5_000;
    private int items = 2_000;
    private int newItems = 400;
    private long events = 200_000;
    private long seed = 42;
    private Instant start = Instant.parse("2026-01-01T00:00:00Z");
    private double eventsPerSecond = 1;

    private Builder() {}

    /**
     * Sets how many visitors there are.
     *
     * @param users 1 to 10 million
     * @return this
     */
    public Builder users(int users) {
      this.users = users;
      return this;
    }

    /**
     * Sets how many items there are from the start.
     *
     * @param items 1 to 10 million
     * @return this
     */
    public Builder items(int items) {
      this.items = items;
      return this;
    }

    /**
     * Sets how many items appear later.
     *
     * @param newItems 0 to 10 million
     * @return this
     */
    public Builder newItems(int newItems) {
      this.newItems = newItems;
      return this;
    }

    /**
     * Sets the length of the stream.
     *
     * @param events positive
     * @return this
     */
    public Builder events(long events) {
      this.events = events;
      return this;
    }

    /**
     * Sets the seed.
     *
     * @param seed any
     * @return this
     */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Sets when the stream begins, in event time.
     *
     * @param start from 1970 and before 3000
     * @return this
     */
    public Builder start(Instant start) {
      this.start = start;
      return this;
    }

    /**
     * Sets how dense the stream is in event time.
     *
     * @param eventsPerSecond positive, at most a million
     * @return this
     */
    public Builder eventsPerSecond(double eventsPerSecond) {
      this.eventsPerSecond = eventsPerSecond;
      return this;
    }

    /**
     * Makes the config.
     *
     * @return the config
     * @throws IllegalArgumentException if a number is out of range
     */
    public ShopStreamConfig build() {
      return new ShopStreamConfig(users, items, newItems, events, seed, start, eventsPerSecond);
    }
  }
}
