/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

/** What has gone wrong with one source of candidates. Belongs to the thread of its ranker. */
public final class SourceFaults {
  private final String source;
  long failures;
  long refused;

  SourceFaults(String source) {
    this.source = source;
  }

  /**
   * Names the source.
   *
   * @return as {@link CandidateSource#name} gives it
   */
  public String source() {
    return source;
  }

  /**
   * Counts the rankings for which the source threw and was passed over.
   *
   * @return how many so far
   */
  public long failures() {
    return failures;
  }

  /**
   * Counts the candidates that no item has or whose score is not finite, and that were passed over.
   *
   * @return how many so far
   */
  public long refused() {
    return refused;
  }
}
