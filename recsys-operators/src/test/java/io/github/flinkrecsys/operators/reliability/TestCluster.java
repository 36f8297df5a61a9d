/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Where a job runs. */
interface TestCluster extends AutoCloseable {
  StreamExecutionEnvironment environment(Configuration configuration);

  /** Ends one task manager without a word to its tasks, and starts another. */
  void replaceTaskManager() throws Exception;
}
