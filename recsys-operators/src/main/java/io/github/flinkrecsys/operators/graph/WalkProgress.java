/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.graph;

/** How far a request has come whose walks are on their way. Flink POJO. */
public class WalkProgress {
  /** Walks that have ended. */
  public int ended;

  /** Whether the list has been sent although walks were missing. */
  public boolean isAnswered;

  /** Wall-clock time of the timer that ends the waiting. */
  public long timeoutMillis;

  /** Makes the progress of a request of which nothing has arrived. */
  public WalkProgress() {}
}
