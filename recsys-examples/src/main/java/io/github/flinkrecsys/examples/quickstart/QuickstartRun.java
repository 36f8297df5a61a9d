/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;

/** Starts the job, watches it, and stops it on ctrl-c. */
final class QuickstartRun {
  private static final long LOOK_MILLIS = 1000;
  private static final long STOP_SECONDS = 10;

  private final QuickstartOptions options;
  private final Progress progress;
  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean stopping;

  QuickstartRun(QuickstartOptions options, Progress progress) {
    this.options = options;
    this.progress = progress;
  }

  RunResult run() throws Exception {
    LatencyBoard.clear();
    JobClient job = new QuickstartJob(options).build().executeAsync("recsys quickstart");
    Thread onInterrupt = new Thread(this::stop, "stop-quickstart");
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    try {
      return watch(job);
    } finally {
      finished.countDown();
      if (!stopping) {
        Runtime.getRuntime().removeShutdownHook(onInterrupt);
      }
    }
  }

  /** Runs in the shutdown hook: the process lives until the last totals are printed. */
  private void stop() {
    stopping = true;
    try {
      if (!finished.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("error: the job did not stop within " + STOP_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RunResult watch(JobClient job) throws Exception {
    var result = job.getJobExecutionResult();
    Totals totals = new Totals();
    long started = System.nanoTime();
    while (!stopping) {
      try {
        JobExecutionResult done = result.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        totals = totalsIn(done.getAllAccumulatorResults());
        progress.show(totals);
        return new RunResult(totals, secondsSince(started), false);
      } catch (TimeoutException running) {
        totals = look(job, totals);
        progress.show(totals);
      }
    }
    double seconds = secondsSince(started);
    totals = look(job, totals);
    job.cancel().get(STOP_SECONDS, TimeUnit.SECONDS);
    return new RunResult(totals, seconds, true);
  }

  private static Totals look(JobClient job, Totals last) throws InterruptedException {
    try {
      Totals now = totalsIn(job.getAccumulators().get());
      return now.events >= last.events ? now : last;
    } catch (ExecutionException ended) {
      // The job ended between two looks; its result brings the totals.
      return last;
    }
  }

  private static Totals totalsIn(Map<String, Object> accumulators) {
    Object totals = accumulators.get(TotalsAccumulator.NAME);
    return totals == null ? new Totals() : (Totals) totals;
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
