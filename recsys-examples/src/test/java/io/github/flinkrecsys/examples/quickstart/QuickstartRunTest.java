/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
        (JobClient)
            Proxy.newProxyInstance(
                JobClient.class.getClassLoader(),
                new Class<?>[] {JobClient.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("getJobExecutionResult")) {
                    return result;
                  }
                  result.complete(done);
                  throw new IllegalStateException("MiniCluster is not yet running or has ended");
                });
    try (QuickstartRun run =
        new QuickstartRun(null, new Progress(new PrintWriter(Writer.nullWriter())), null)) {
      RunResult watched = run.watch(job);
      assertThat(watched.totals().events).isEqualTo(7);
      assertThat(watched.interrupted()).isFalse();
    }
  }
}
