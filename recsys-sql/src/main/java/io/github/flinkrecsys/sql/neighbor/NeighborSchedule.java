/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.sql.neighbor;

/** What a timer must know of one item, as it brings no arguments of the call. Flink POJO. */
public class NeighborSchedule {
  /** The item. */
  public String itemId = "";

  /** Neighbours per list that is sent. */
  public int k;

  /** Half-life of the weights, in milliseconds. */
  public long halfLifeMillis;

  /** Makes an empty one. */
  public NeighborSchedule() {}
}
