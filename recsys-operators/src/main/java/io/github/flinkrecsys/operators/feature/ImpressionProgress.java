/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.feature;

/** What the join of impressions remembers of a key beside its lists. Flink POJO. */
public class ImpressionProgress {
  /** Value of {@link #wakeUpMillis} when no timer is needed. */
  public static final long NONE = -1;

  /** Impressions whose waiting time is not over. */
  public int open;

  /** Interactions that wait for the watermark. */
  public int pending;

  /** Event time of the timer that looks at them, or {@link #NONE}. */
  public long wakeUpMillis = NONE;

  /** Makes one of a key that is new. */
  public ImpressionProgress() {}
}
