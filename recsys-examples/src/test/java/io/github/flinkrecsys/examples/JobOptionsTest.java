/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class JobOptionsTest {
  @Test
  void inOneProcessThereIsADefault() {
    assertThat(new JobOptions().environment(new Configuration()).getParallelism()).isEqualTo(2);
    assertThat(JobOptions.of(3).environment(new Configuration()).getParallelism()).isEqualTo(3);
  }

  @Test
  void aClusterSetsTheParallelismUnlessTheCommandDoes() {
    ClusterEnvironment.enter(5);
    try {
      assertThat(new JobOptions().environment(new Configuration()).getParallelism()).isEqualTo(5);
      assertThat(JobOptions.of(3).environment(new Configuration()).getParallelism()).isEqualTo(3);
    } finally {
      ClusterEnvironment.leave();
    }
  }

  /** What a job finds that was submitted to a cluster. */
  private static final class ClusterEnvironment extends StreamExecutionEnvironment {
    private ClusterEnvironment(Configuration configuration) {
      super(configuration);
    }

    static void enter(int parallelism) {
      initializeContextEnvironment(
          ofJob -> {
            Configuration configuration = new Configuration(ofJob);
            configuration.setString("parallelism.default", String.valueOf(parallelism));
            return new ClusterEnvironment(configuration);
          });
    }

    static void leave() {
      resetContextEnvironment();
    }
  }
}
