/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.feature;

import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;
import java.time.Duration;

/**
 * How interactions are joined with profiles, and how much is kept per key.
 *
 * @param maxWait event time that an interaction waits, after the watermark has passed it, for a
 *     profile if none is known; zero or more
 * @param maxVersions versions of a profile that are kept
 * @param maxWaiting interactions of one key that may wait for the watermark or for a profile
 * @param ttl event time without interaction and change after which a profile is forgotten
 */
public record ProfileJoinConfig(Duration maxWait, int maxVersions, int maxWaiting, Duration ttl)
    implements Serializable {

  /**
   * Checks.
   *
   * @param maxWait see the record
   * @param maxVersions see the record
   * @param maxWaiting see the record
   * @param ttl see the record
   * @throws IllegalArgumentException if a value is out of its range
   */
  public ProfileJoinConfig {
    Checks.notNull("maxWait", maxWait);
    if (!maxWait.isZero()) {
      Checks.positive("maxWait", maxWait);
    }
    Checks.positive("maxVersions", maxVersions);
    Checks.positive("maxWaiting", maxWaiting);
    Checks.positive("ttl", ttl);
  }

  /**
   * Starts from the defaults.
   *
   * @return a builder with a wait of 1 minute, 4 versions, 1000 waiting interactions per key and a
   *     time to live of 365 days
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Sets some values and leaves the others at their default. */
  public static final class Builder {
    private Duration maxWait = Duration.ofMinutes(1);
    private int maxVersions = 4;
    private int maxWaiting = 1000;
    private Duration ttl = Duration.ofDays(365);

    private Builder() {}

    /**
     * Sets how long an interaction waits for a profile that comes late.
     *
     * @param maxWait zero or more
     * @return this
     */
    public Builder maxWait(Duration maxWait) {
      this.maxWait = maxWait;
      return this;
    }

    /**
     * Sets how many versions of a profile are kept.
     *
     * @param maxVersions at least 1
     * @return this
     */
    public Builder maxVersions(int maxVersions) {
      this.maxVersions = maxVersions;
      return this;
    }

    /**
     * Sets how many interactions of one key may wait.
     *
     * @param maxWaiting at least 1
     * @return this
     */
    public Builder maxWaiting(int maxWaiting) {
      this.maxWaiting = maxWaiting;
      return this;
    }

    /**
     * Sets after how long a silent key is forgotten.
     *
     * @param ttl at least 1 ms
     * @return this
     */
    public Builder ttl(Duration ttl) {
      this.ttl = ttl;
      return this;
    }

    /**
     * Builds.
     *
     * @return the config
     * @throws IllegalArgumentException if a value is out of its range
     */
    public ProfileJoinConfig build() {
      return new ProfileJoinConfig(maxWait, maxVersions, maxWaiting, ttl);
    }
  }
}
