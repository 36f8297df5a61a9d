/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.event;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.util.Checks;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/** Event time of interactions: their {@code timestampMillis}. */
public final class InteractionWatermarks {
  private InteractionWatermarks() {}

  /**
   * Makes a strategy for interactions that arrive out of order.
   *
   * <p>A timestamp that is negative or more than a day ahead of the clock counts as 0: such a
   * record reaches the operators, which refuse it or treat it as late, but it cannot move the
   * watermark and so make every other record late.
   *
   * @param outOfOrderness how much later than a newer one an interaction may arrive; may be zero
   * @param idleness after how much silence a partition no longer holds the watermark back
   * @return the strategy
   * @throws IllegalArgumentException if the first is null or negative, or the second null or not
   *     positive
   */
  public static WatermarkStrategy<Interaction> of(Duration outOfOrderness, Duration idleness) {
    return of(outOfOrderness, idleness, RecordRules.DEFAULT_MAX_AHEAD);
  }

  /**
   * Makes a strategy with another bound on times ahead of the clock.
   *
   * @param outOfOrderness how much later than a newer one an interaction may arrive; may be zero
   * @param idleness after how much silence a partition no longer holds the watermark back
   * @param maxAhead how far a timestamp may be ahead of the clock; zero for any up to the year 9999
   * @return the strategy
   * @throws IllegalArgumentException if one is null or out of range
   */
  public static WatermarkStrategy<Interaction> of(
      Duration outOfOrderness, Duration idleness, Duration maxAhead) {
    Checks.notNull("outOfOrderness", outOfOrderness);
    Checks.require(
        !outOfOrderness.isNegative() && outOfOrderness.compareTo(Duration.ofDays(36_500)) <= 0,
        "outOfOrderness",
        "between zero and 36500 days",
        outOfOrderness);
    Checks.positive("idleness", idleness);
    ClockBound bound = new ClockBound(maxAhead);
    return WatermarkStrategy.<Interaction>forBoundedOutOfOrderness(outOfOrderness)
        .withIdleness(idleness)
        .withTimestampAssigner((interaction, ignored) -> eventTime(interaction, bound));
  }

  private static long eventTime(Interaction interaction, ClockBound bound) {
    long millis = interaction == null ? 0 : interaction.timestampMillis();
    return bound.admits(millis) ? millis : 0;
  }
}
