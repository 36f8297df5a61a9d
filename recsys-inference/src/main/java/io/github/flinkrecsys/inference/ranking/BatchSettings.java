/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;
import java.time.Duration;

/**
 * How long records wait for others, so that one run of the model scores them all.
 *
 * @param maxRows of a run, 1 to 1,000,000; a record of more rows is run alone
 * @param maxWait wall-clock time that a record waits at most, up to 1 minute; zero if none waits
 */
public record BatchSettings(int maxRows, Duration maxWait) implements Serializable {
  // First, because the constants below are checked with it.
  private static final Duration LONGEST = Duration.ofMinutes(1);

  /** Every record is run alone, at once. */
  public static final BatchSettings NONE = new BatchSettings(1, Duration.ZERO);

  /** Up to 512 rows within 5 ms. */
  public static final BatchSettings DEFAULT = new BatchSettings(512, Duration.ofMillis(5));

  /**
   * Checks.
   *
   * @param maxRows see the record
   * @param maxWait see the record
   * @throws IllegalArgumentException if one is missing or out of range
   */
  public BatchSettings {
    Checks.between("maxRows", maxRows, 1, 1_000_000);
    Checks.notNull("maxWait", maxWait);
    boolean isMillis =
        maxWait.isZero()
            || maxWait.compareTo(Duration.ofMillis(1)) >= 0 && maxWait.compareTo(LONGEST) <= 0;
    Checks.require(isMillis, "maxWait", "zero or between 1 ms and 1 minute", maxWait);
  }
}
