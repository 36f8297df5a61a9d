/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.feature;

/** State of one trending list: items sorted by stored count. Flink POJO. */
public class TrendingState {
  /** Best first. */
  public String[] itemIds = new String[0];

  /** Counts in their stored form, beside {@link #itemIds}. */
  public double[] stored = new double[0];

  /** Event time of the newest interaction. */
  public long asOfMillis;

  /** Whether the list has changed since it was sent. */
  public boolean unsent;

  /** Makes an empty list. */
  public TrendingState() {}
}
