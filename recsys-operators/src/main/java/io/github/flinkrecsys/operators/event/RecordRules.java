/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.event;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.Interactions;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.event.UserProfile;
import java.time.Duration;

/**
 * Rules of the library's records: {@link Interactions#violation(Interaction)} and its like, and no
 * time far ahead of the clock. Such a time does harm in every type of record: metadata of the
 * future would stand in the way of all that come after them, and what a request has served would be
 * held back until then.
 */
public final class RecordRules {
  /** How far a time may be ahead of the clock unless said otherwise. */
  public static final Duration DEFAULT_MAX_AHEAD = Duration.ofDays(1);

  private RecordRules() {}

  /**
   * Makes the rule of interactions.
   *
   * @param maxAhead how far a timestamp may be ahead of the clock; zero for any up to the year 9999
   * @return the rule
   * @throws IllegalArgumentException if it is null or out of range
   */
  public static RecordRule<Interaction> interactions(Duration maxAhead) {
    ClockBound bound = new ClockBound(maxAhead);
    return record -> {
      String violation = Interactions.violation(record);
      return violation == null ? bound.violation(record.timestampMillis()) : violation;
    };
  }

  /**
   * Makes the rule of requests.
   *
   * @param maxAhead as of {@link #interactions}
   * @return the rule
   * @throws IllegalArgumentException if it is null or out of range
   */
  public static RecordRule<RecommendationRequest> requests(Duration maxAhead) {
    ClockBound bound = new ClockBound(maxAhead);
    return record -> {
      String violation = Interactions.violation(record);
      return violation == null ? bound.violation(record.timestampMillis()) : violation;
    };
  }

  /**
   * Makes the rule of items' metadata.
   *
   * @param maxAhead as of {@link #interactions}
   * @return the rule
   * @throws IllegalArgumentException if it is null or out of range
   */
  public static RecordRule<ItemMetadata> itemMetadata(Duration maxAhead) {
    ClockBound bound = new ClockBound(maxAhead);
    return record -> {
      String violation = Interactions.violation(record);
      return violation == null ? bound.violation(record.timestampMillis()) : violation;
    };
  }

  /**
   * Makes the rule of users' profiles.
   *
   * @param maxAhead as of {@link #interactions}
   * @return the rule
   * @throws IllegalArgumentException if it is null or out of range
   */
  public static RecordRule<UserProfile> userProfiles(Duration maxAhead) {
    ClockBound bound = new ClockBound(maxAhead);
    return record -> {
      String violation = Interactions.violation(record);
      return violation == null ? bound.violation(record.timestampMillis()) : violation;
    };
  }
}
