/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.session;

import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;
import java.time.Duration;

/**
 * What makes a session, and how much of a user may be pending.
 *
 * @param gap events less than this apart belong together; events exactly this far apart do not;
 *     whole milliseconds count
 * @param maxLength events after which a session is cut
 * @param maxDuration time after a session's first event from which on an event starts another one;
 *     whole milliseconds count
 * @param maxBufferedEvents events of one user that may wait for the watermark; at least {@code
 *     maxLength}
 */
public record SessionConfig(
    Duration gap, int maxLength, Duration maxDuration, int maxBufferedEvents)
    implements Serializable {

  /**
   * Checks.
   *
   * @param gap between sessions
   * @param maxLength of a session, in events
   * @param maxDuration of a session
   * @param maxBufferedEvents of a user
   * @throws IllegalArgumentException if a value is out of its range
   */
  public SessionConfig {
    Checks.positive("gap", gap);
    Checks.positive("maxLength", maxLength);
    Checks.positive("maxDuration", maxDuration);
    Checks.require(
        maxBufferedEvents >= maxLength,
        "maxBufferedEvents",
        "at least maxLength (" + maxLength + ")",
        maxBufferedEvents);
  }

  /**
   * Starts from the defaults.
   *
   * @return a builder with a gap of 30 minutes, at most 1000 events and 24 hours per session, and
   *     10,000 pending events per user
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Gives the defaults.
   *
   * @return what a fresh {@link #builder} builds
   */
  public static SessionConfig defaults() {
    return builder().build();
  }

  /** Sets some values and leaves the others at their default. */
  public static final class Builder {
    private Duration gap = Duration.ofMinutes(30);
    private int maxLength = 1000;
    private Duration maxDuration = Duration.ofHours(24);
    private int maxBufferedEvents = 10_000;

    private Builder() {}

    /**
     * Sets the pause that ends a session.
     *
     * @param gap at least 1 ms
     * @return this
     */
    public Builder gap(Duration gap) {
      this.gap = gap;
      return this;
    }

    /**
     * Sets the events after which a session is cut.
     *
     * @param maxLength at least 1
     * @return this
     */
    public Builder maxLength(int maxLength) {
      this.maxLength = maxLength;
      return this;
    }

    /**
     * Sets the time after which a session is cut.
     *
     * @param maxDuration at least 1 ms
     * @return this
     */
    public Builder maxDuration(Duration maxDuration) {
      this.maxDuration = maxDuration;
      return this;
    }

    /**
     * Sets how many events of one user may wait for the watermark.
     *
     * @param maxBufferedEvents at least {@code maxLength}
     * @return this
     */
    public Builder maxBufferedEvents(int maxBufferedEvents) {
      this.maxBufferedEvents = maxBufferedEvents;
      return this;
    }

    /**
     * Builds.
     *
     * @return the config
     * @throws IllegalArgumentException if a value is out of its range
     */
    public SessionConfig build() {
      return new SessionConfig(gap, maxLength, maxDuration, maxBufferedEvents);
    }
  }
}
