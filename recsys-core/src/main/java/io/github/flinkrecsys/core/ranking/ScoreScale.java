/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

/** How scores of one source become comparable with those of others. */
enum ScoreScale {
  /** Not negative, 0 for what is not a candidate: {@code ln(1 + score / mean)}. */
  RATIO,
  /** Any number: {@code (score - mean) / deviation}. */
  STANDARD
}
