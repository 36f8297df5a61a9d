/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.ranking;

import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;
import java.time.Duration;

/**
 * When lists are served, and how they are made.
 *
 * @param ranking how lists are made
 * @param onUpdate whether every interaction brings a new list; requests are always answered
 * @param minInterval wall-clock time between two lists of a user that interactions bring; the
 *     newest one that was held back is sent when it is over; at least 1 ms, or zero for no throttle
 */
public record ServingSettings(RankingConfig ranking, boolean onUpdate, Duration minInterval)
    implements Serializable {
  private static final Duration MAX_INTERVAL = Duration.ofDays(365);

  /**
   * Checks.
   *
   * @param ranking see the record
   * @param onUpdate see the record
   * @param minInterval see the record
   * @throws IllegalArgumentException if one is missing or out of range
   */
  public ServingSettings {
    Checks.notNull("ranking", ranking);
    Checks.notNull("minInterval", minInterval);
    boolean isMillis =
        minInterval.isZero()
            || minInterval.compareTo(Duration.ofMillis(1)) >= 0
                && minInterval.compareTo(MAX_INTERVAL) <= 0;
    Checks.require(isMillis, "minInterval", "zero or between 1 ms and 365 days", minInterval);
  }

  /**
   * Serves a list after every interaction.
   *
   * @param ranking how lists are made
   * @return settings without a throttle
   */
  public static ServingSettings onUpdate(RankingConfig ranking) {
    return new ServingSettings(ranking, true, Duration.ZERO);
  }

  /**
   * Serves lists on request only.
   *
   * @param ranking how lists are made
   * @return settings
   */
  public static ServingSettings onRequest(RankingConfig ranking) {
    return new ServingSettings(ranking, false, Duration.ZERO);
  }
}
