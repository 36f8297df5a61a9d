/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.feature;

/** What a timer must know of one partition, as it brings no arguments of the call. Flink POJO. */
public class TrendSchedule {
  /** Value of {@link #sendMillis} when there is none. */
  public static final long NONE = -1;

  /** Event time after which an interaction counts half, in milliseconds. */
  public long halfLifeMillis;

  /** Event time of the newest interaction. */
  public long asOfMillis;

  /** Event time at which the list will be sent, or {@link #NONE}. */
  public long sendMillis = NONE;

  /** Event time at which forgotten items will be dropped, or {@link #NONE}. */
  public long purgeMillis = NONE;

  /** Makes an empty one. */
  public TrendSchedule() {}
}
