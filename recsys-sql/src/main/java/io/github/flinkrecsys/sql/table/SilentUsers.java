/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.table;

import java.time.Duration;
import org.apache.flink.table.functions.ProcessTableFunction;

/**
 * Frees what a partition holds of its users, each after {@value #DAYS} days of event time without a
 * row: one timer per user, which has the user's id for a name.
 *
 * <p>Not by the TTL of the state: Flink then looks through whole maps at every access, and the map
 * of a partition holds all its users.
 */
public final class SilentUsers {
  /** Days of silence after which a user is forgotten. */
  public static final int DAYS = 365;

  private SilentUsers() {}

  /**
   * Waits for the silence of a user that was not known.
   *
   * @param context of the call
   * @param userId of the user
   * @param atMillis event time of the row
   */
  public static void watch(ProcessTableFunction.Context context, String userId, long atMillis) {
    context.timeContext(Long.class).registerOnTime(userId, endOfSilence(atMillis));
  }

  /**
   * Tells whether the user of a timer is to be forgotten. If not, waits on.
   *
   * @param context of the timer
   * @param lastSeenMillis event time of the user's newest row
   * @return whether the silence was long enough
   */
  public static boolean isSilent(ProcessTableFunction.OnTimerContext context, long lastSeenMillis) {
    ProcessTableFunction.TimeContext<Long> time = context.timeContext(Long.class);
    boolean isOver = endOfSilence(lastSeenMillis) <= time.time();
    if (!isOver) {
      time.registerOnTime(context.currentTimer(), endOfSilence(lastSeenMillis));
    }
    return isOver;
  }

  private static long endOfSilence(long lastSeenMillis) {
    return EventTimes.plus(lastSeenMillis, Duration.ofDays(DAYS).toMillis());
  }
}
