/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import io.github.flinkrecsys.operators.testing.JobSettings;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Where a job runs. */
interface TestCluster extends AutoCloseable {
  StreamExecutionEnvironment environment(Configuration configuration);

  /** No Kryo, no generated uids, and checkpoints that may fail. */
  static Configuration configuration(Path checkpoints, Duration interval) {
    Configuration configuration = JobSettings.strict();
    configuration.setString("execution.checkpointing.interval", interval.toMillis() + " ms");
    configuration.setString("execution.checkpointing.dir", checkpoints.toUri().toString());
    configuration.setString("execution.checkpointing.tolerable-failed-checkpoints", "1000");
    return configuration;
  }

  /** Ends one task manager without a word to its tasks, and starts another. */
  void replaceTaskManager() throws Exception;

  /** Lets one task manager stand still, alive, until the cluster replaces it. */
  void silenceTaskManager() throws Exception;
}
