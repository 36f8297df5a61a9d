/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.factorization;

import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;
import java.time.Duration;

/**
 * When gathered item deltas are sent: whichever bound is reached first. Checkpoints hold what is
 * gathered, so neither bound matters for exactness; they trade freshness of other task managers and
 * of sinks against network.
 *
 * @param maxEvents interactions of one subtask, 1 to 1,000,000; for the sake of other task
 *     managers, so not looked at while one process runs the whole user side
 * @param maxDelay wall-clock time
 */
public record FlushSettings(int maxEvents, Duration maxDelay) implements Serializable {
  /** 64 events or 200 ms. */
  public static final FlushSettings DEFAULT = new FlushSettings(64, Duration.ofMillis(200));

  /**
   * Checks.
   *
   * @param maxEvents see the record
   * @param maxDelay see the record
   * @throws IllegalArgumentException if one is out of range
   */
  public FlushSettings {
    Checks.between("maxEvents", maxEvents, 1, 1_000_000);
    Checks.positive("maxDelay", maxDelay);
  }
}
