/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.inference.testing.TestMetrics;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Sources of many threads count into one version. */
class SequenceMetricsTest {
  private static final int THREADS = 4;
  private static final int CALLS = 200_000;

  @Test
  void noCallOfAnyThreadIsLost() throws Exception {
    TestMetrics metrics = new TestMetrics();
    SequenceMetrics version = new SequenceMetrics(metrics.group());
    Callable<Void> source =
        () -> {
          for (int n = 0; n < CALLS; n++) {
            version.ran(n);
            version.served();
            version.shadowed(3, 2);
            version.failed();
            version.gaveNoNumber();
          }
          return null;
        };
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (Future<Void> each : threads.invokeAll(Collections.nCopies(THREADS, source))) {
        each.get();
      }
    } finally {
      threads.shutdown();
    }
    long calls = (long) THREADS * CALLS;
    assertThat(metrics.values("inferenceMicros")).isEqualTo(calls);
    assertThat(metrics.counter("scoredRecords")).isEqualTo(calls);
    assertThat(metrics.counter("shadowRecords")).isEqualTo(calls);
    assertThat(metrics.counter("comparedCandidates")).isEqualTo(3 * calls);
    assertThat(metrics.counter("sharedCandidates")).isEqualTo(2 * calls);
    assertThat(metrics.counter("failedRuns")).isEqualTo(calls);
    assertThat(metrics.counter("notANumber")).isEqualTo(calls);
  }
}
