/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;
import java.time.Duration;

/**
 * How records are written: for how long they live, how many travel at once, and how patient the
 * sink is.
 *
 * @param ttl after which a key that is not written again is gone; at most 100 years
 * @param maxInFlight records of one subtask that are not acknowledged yet, at most; then the sink
 *     blocks
 * @param batchSize records that are sent without waiting for the acknowledgement of those before;
 *     at most {@code maxInFlight}
 * @param minBackoff wait before the first retry of a record; doubles with each further one
 * @param maxBackoff longest wait between two retries; at least {@code minBackoff}
 * @param maxOutage for which a record may fail again and again before the job fails; {@link
 *     #UNLIMITED} for ever
 */
public record RedisWriteConfig(
    Duration ttl,
    int maxInFlight,
    int batchSize,
    Duration minBackoff,
    Duration maxBackoff,
    Duration maxOutage)
    implements Serializable {
  /** An outage that no job lives to see the end of. */
  public static final Duration UNLIMITED = Duration.ofDays(36_500);

  private static final Duration MAX_TTL = Duration.ofDays(36_500);

  /**
   * Checks.
   *
   * @param ttl see the record
   * @param maxInFlight see the record
   * @param batchSize see the record
   * @param minBackoff see the record
   * @param maxBackoff see the record
   * @param maxOutage see the record
   * @throws IllegalArgumentException if a value is out of its range
   */
  public RedisWriteConfig {
    Checks.positive("ttl", ttl);
    Checks.require(ttl.compareTo(MAX_TTL) <= 0, "ttl", "at most " + MAX_TTL, ttl);
    Checks.positive("maxInFlight", maxInFlight);
    Checks.between("batchSize", batchSize, 1, maxInFlight);
    Checks.positive("minBackoff", minBackoff);
    Checks.positive("maxBackoff", maxBackoff);
    Checks.require(
        maxBackoff.compareTo(minBackoff) >= 0,
        "maxBackoff",
        "at least minBackoff (" + minBackoff + ")",
        maxBackoff);
    Checks.positive("maxOutage", maxOutage);
    Checks.require(
        maxOutage.compareTo(UNLIMITED) <= 0, "maxOutage", "at most " + UNLIMITED, maxOutage);
  }

  /**
   * Starts from the defaults.
   *
   * @return a builder with a TTL of 30 days, 1,000 records in flight, batches of 100, waits from 50
   *     ms to 10 seconds, and an outage without limit
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Gives the defaults.
   *
   * @return what a fresh {@link #builder} builds
   */
  public static RedisWriteConfig defaults() {
    return builder().build();
  }

  /** The wait before retry {@code attempt}, counted from 0. */
  Duration backoff(int attempt) {
    long min = minBackoff.toMillis();
    long max = maxBackoff.toMillis();
    boolean grown = attempt >= Long.SIZE - 1 || min > max >> attempt;
    return Duration.ofMillis(grown ? max : min << attempt);
  }

  /** Sets some values and leaves the others at their default. */
  public static final class Builder {
    private Duration ttl = Duration.ofDays(30);
    private int maxInFlight = 1_000;
    private int batchSize = 100;
    private Duration minBackoff = Duration.ofMillis(50);
    private Duration maxBackoff = Duration.ofSeconds(10);
    private Duration maxOutage = UNLIMITED;

    private Builder() {}

    /**
     * Sets for how long a key lives that is not written again.
     *
     * @param ttl 1 ms to 100 years
     * @return this
     */
    public Builder ttl(Duration ttl) {
      this.ttl = ttl;
      return this;
    }

    /**
     * Sets how many records of a subtask may be unacknowledged.
     *
     * @param maxInFlight at least 1
     * @return this
     */
    public Builder maxInFlight(int maxInFlight) {
      this.maxInFlight = maxInFlight;
      return this;
    }

    /**
     * Sets how many records are sent at once.
     *
     * @param batchSize 1 to {@code maxInFlight}
     * @return this
     */
    public Builder batchSize(int batchSize) {
      this.batchSize = batchSize;
      return this;
    }

    /**
     * Sets the waits before retries.
     *
     * @param minBackoff before the first, at least 1 ms; doubles with each further one
     * @param maxBackoff longest, at least {@code minBackoff}
     * @return this
     */
    public Builder backoff(Duration minBackoff, Duration maxBackoff) {
      this.minBackoff = minBackoff;
      this.maxBackoff = maxBackoff;
      return this;
    }

    /**
     * Sets for how long a record may fail before the job does.
     *
     * @param maxOutage 1 ms to {@link RedisWriteConfig#UNLIMITED}
     * @return this
     */
    public Builder maxOutage(Duration maxOutage) {
      this.maxOutage = maxOutage;
      return this;
    }

    /**
     * Builds.
     *
     * @return the config
     * @throws IllegalArgumentException if a value is out of its range
     */
    public RedisWriteConfig build() {
      return new RedisWriteConfig(ttl, maxInFlight, batchSize, minBackoff, maxBackoff, maxOutage);
    }
  }
}
