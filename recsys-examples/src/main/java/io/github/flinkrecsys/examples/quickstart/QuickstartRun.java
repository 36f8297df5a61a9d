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
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Starts the job, watches it, and stops it on ctrl-c. The process then lives until this is closed,
 * so that the last totals are still printed.
 */
final class QuickstartRun implements AutoCloseable {
  private static final long LOOK_MILLIS = 1000;
  private static final long STOP_SECONDS = 10;

  private final QuickstartOptions options;
  private final Progress progress;
  private final LivePage page;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread onInterrupt = new Thread(this::stop, "stop-quickstart");
  private volatile boolean stopping;

  /** Makes a run; with a page, or null. */
  QuickstartRun(QuickstartOptions options, Progress progress, LivePage page) {
    this.options = options;
    this.progress = progress;
    this.page = page;
  }

  RunResult run() throws Exception {
    LatencyBoard.clear();
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    StreamExecutionEnvironment job = new QuickstartJob(options, page).build();
    long started = System.nanoTime();
    return watch(job.executeAsync("recsys quickstart"), started);
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
    } catch (IllegalStateException stopped) {
      // The process is on its way out, and the hook has run or is running.
    }
  }

  void stop() {
    stopping = true;
    try {
      if (!closed.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("error: the job did not stop within " + STOP_SECONDS + " s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  RunResult watch(JobClient job, long started) throws Exception {
    var result = job.getJobExecutionResult();
    Totals totals = new Totals();
    double busySeconds = 0;
    while (!stopping) {
      try {
        JobExecutionResult done = result.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        totals = totalsIn(done.getAllAccumulatorResults());
        show(totals);
        return new RunResult(totals, secondsSince(started), false);
      } catch (TimeoutException running) {
        Totals now = look(job, totals);
        busySeconds = now.events > totals.events ? secondsSince(started) : busySeconds;
        totals = now;
        show(totals);
      }
    }
    // A job that is kept serving does nothing after its last event, and that is no rate.
    Totals last = look(job, totals);
    double seconds = last.events > totals.events ? secondsSince(started) : busySeconds;
    cancel(job);
    return new RunResult(last, seconds, true);
  }

  private static void cancel(JobClient job) throws InterruptedException, TimeoutException {
    try {
      job.cancel().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | IllegalStateException ended) {
      // The job ended before it was stopped.
    }
  }

  private void show(Totals totals) {
    progress.show(totals);
    if (page != null) {
      page.show(totals);
    }
  }

  private static Totals look(JobClient job, Totals last) throws InterruptedException {
    try {
      Totals now = totalsIn(job.getAccumulators().get());
      return now.events >= last.events ? now : last;
    } catch (ExecutionException | IllegalStateException ended) {
      // The job ended between two looks, and its local cluster with it; its result brings the
      // totals.
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
