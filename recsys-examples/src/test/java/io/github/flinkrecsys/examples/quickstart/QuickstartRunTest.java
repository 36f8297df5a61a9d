/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.util.OptionalFailure;
import org.junit.jupiter.api.Test;

class QuickstartRunTest {
  @Test
  void aJobThatEndsWhileItIsLookedAtIsDone() throws Exception {
    Totals totals = new Totals();
    totals.events = 7;
    var done =
        new JobExecutionResult(
            new JobID(), 1, Map.of("quickstart-totals", OptionalFailure.of(totals)));
    CompletableFuture<JobExecutionResult> result = new CompletableFuture<>();
    JobClient job =
        job(
            (proxy, method, arguments) -> {
              if (method.getName().equals("getJobExecutionResult")) {
                return result;
              }
              result.complete(done);
              throw new IllegalStateException("MiniCluster is not yet running or has ended");
            });
    try (QuickstartRun run = run()) {
      RunResult watched = run.watch(job, System.nanoTime());
      assertThat(watched.totals().events).isEqualTo(7);
      assertThat(watched.interrupted()).isFalse();
    }
  }

  @Test
  void theTimeOfAJobThatIsStoppedEndsWithItsLastEvent() throws Exception {
    Totals totals = new Totals();
    totals.events = 7;
    Thread[] stops = new Thread[1];
    AtomicInteger looks = new AtomicInteger();
    try (QuickstartRun run = run()) {
      JobClient job =
          job(
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "getJobExecutionResult" -> new CompletableFuture<>();
                    case "cancel" -> CompletableFuture.completedFuture(null);
                    default -> {
                      if (looks.incrementAndGet() == 3) {
                        stops[0] = new Thread(run::stop);
                        stops[0].start();
                      }
                      yield CompletableFuture.completedFuture(Map.of("quickstart-totals", totals));
                    }
                  });
      long started = System.nanoTime();
      RunResult watched = run.watch(job, System.nanoTime());
      double seconds = (System.nanoTime() - started) / 1e9;
      assertThat(watched.interrupted()).isTrue();
      assertThat(watched.totals().events).isEqualTo(7);
      // It looked three times, a second apart, and found the events at the first.
      assertThat(watched.seconds()).isBetween(1.0, seconds - 1.5);
    }
    stops[0].join();
  }

  private static JobClient job(InvocationHandler client) {
    return (JobClient)
        Proxy.newProxyInstance(
            JobClient.class.getClassLoader(), new Class<?>[] {JobClient.class}, client);
  }

  private static QuickstartRun run() {
    return new QuickstartRun(null, new Progress(new PrintWriter(Writer.nullWriter())), null);
  }
}
