/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.util.MiniClusterWithClientResource;

/** Task managers of two slots in this process. */
final class TestMiniCluster implements TestCluster {
  private final MiniClusterWithClientResource cluster;
  private int ended;

  TestMiniCluster(int taskManagers) throws Exception {
    Configuration configuration = new Configuration();
    configuration.setString("taskmanager.memory.network.min", "64 mb");
    configuration.setString("taskmanager.memory.network.max", "64 mb");
    configuration.setString("taskmanager.memory.segment-size", "4 kb");
    // With a quarter of it RocksDB of Flink 1.20 stands still: each state takes 8 MB for its first
    // write.
    configuration.setString("taskmanager.memory.managed.size", "512 mb");
    configuration.setString("heartbeat.interval", "500 ms");
    cluster =
        new MiniClusterWithClientResource(
            new MiniClusterResourceConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumberTaskManagers(taskManagers)
                .setNumberSlotsPerTaskManager(2)
                .build());
    cluster.before();
  }

  @Override
  public StreamExecutionEnvironment environment(Configuration configuration) {
    return StreamExecutionEnvironment.getExecutionEnvironment(configuration);
  }

  /** Bytes of a job's last checkpoint, 0 if there is none. */
  long checkpointBytes(JobID job) throws Exception {
    CompletedCheckpointStats last =
        cluster
            .getMiniCluster()
            .getExecutionGraph(job)
            .get()
            .getCheckpointStatsSnapshot()
            .getHistory()
            .getLatestCompletedCheckpoint();
    return last == null ? 0 : last.getStateSize();
  }

  @Override
  public void replaceTaskManager() throws Exception {
    cluster.getMiniCluster().terminateTaskManager(ended++).get();
    cluster.getMiniCluster().startTaskManager();
  }

  @Override
  public void silenceTaskManager() {
    throw new UnsupportedOperationException("task managers of one process stand still together");
  }

  @Override
  public void close() {
    cluster.after();
  }
}
