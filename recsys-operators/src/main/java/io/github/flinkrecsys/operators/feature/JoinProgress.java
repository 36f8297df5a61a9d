/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.feature;

/** What a join remembers of a key beside profiles and interactions. Flink POJO. */
public class JoinProgress {
  /** Value of a time that is not known or not set. */
  public static final long NONE = -1;

  /** Interactions that wait. */
  public int waiting;

  /** Event time of the timer that looks at what waits, or {@link #NONE}. */
  public long wakeUpMillis = NONE;

  /** Event time of the timer that looks whether the key is silent, or {@link #NONE}. */
  public long expiryMillis = NONE;

  /** Event time when the key was last heard of, or {@link #NONE} before the first watermark. */
  public long lastSeenMillis = NONE;

  /** Makes one of a key that is new. */
  public JoinProgress() {}
}
