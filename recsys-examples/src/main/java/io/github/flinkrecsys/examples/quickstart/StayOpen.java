/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;

/**
 * Lets a number of records pass and then none, so that the source, and with it what the job has
 * learned, stays until the job is cancelled. For a source of one subtask.
 */
final class StayOpen implements RateLimiterStrategy<NumberSequenceSplit> {
  private static final long serialVersionUID = 1L;

  private final long count;
  private final RateLimiterStrategy<NumberSequenceSplit> pace;

  /**
   * Makes the strategy.
   *
   * @param count how many records pass
   * @param pace of those
   */
  StayOpen(long count, RateLimiterStrategy<NumberSequenceSplit> pace) {
    this.count = count;
    this.pace = pace;
  }

  @Override
  public RateLimiter<NumberSequenceSplit> createRateLimiter(int parallelism) {
    RateLimiter<NumberSequenceSplit> paced = pace.createRateLimiter(parallelism);
    return new RateLimiter<>() {
      private long passed;

      @Override
      public CompletionStage<Void> acquire(int records) {
        passed += records;
        return passed > count ? new CompletableFuture<>() : paced.acquire(records);
      }
    };
  }
}
