/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;

/**
 * What a model may take of a process.
 *
 * @param maxFileBytes largest file that is read; 1 to 2^31 - 9
 * @param threads that one run of the model computes with, the caller's among them; 1 to 256. One
 *     means that nothing is computed outside the caller's thread.
 */
public record ModelLimits(long maxFileBytes, int threads) implements Serializable {
  /** Files of up to 256 MiB, each run in the caller's thread. */
  public static final ModelLimits DEFAULT = new ModelLimits(256L << 20, 1);

  /** The longest array that every JVM can make. */
  static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  /**
   * Checks.
   *
   * @param maxFileBytes see the record
   * @param threads see the record
   * @throws IllegalArgumentException if one is out of range
   */
  public ModelLimits {
    Checks.require(
        maxFileBytes >= 1 && maxFileBytes <= MAX_ARRAY,
        "maxFileBytes",
        "between 1 and " + MAX_ARRAY,
        maxFileBytes);
    Checks.between("threads", threads, 1, 256);
  }
}
