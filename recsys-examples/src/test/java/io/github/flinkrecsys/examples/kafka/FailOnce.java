/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.kafka;

import io.github.flinkrecsys.core.ranking.RecommendationList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Fails the job once, after a checkpoint that had lists before it, and with lists behind it that
 * are written but not committed.
 */
final class FailOnce extends ProcessFunction<RecommendationList, Void>
    implements CheckpointedFunction, CheckpointListener {
  static final AtomicInteger FAILURES = new AtomicInteger();

  private static final long serialVersionUID = 1L;
  private static final int LISTS_BEHIND = 50;

  /** In which the producer sends what it has gathered. */
  private static final long MILLIS_TO_SEND = 200;

  private int seen;
  private int seenAtSnapshot;
  private int seenAtCheckpoint;

  @Override
  public void initializeState(FunctionInitializationContext context) {}

  @Override
  public void snapshotState(FunctionSnapshotContext context) {
    seenAtSnapshot = seen;
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    seenAtCheckpoint = seenAtSnapshot;
  }

  @Override
  public void processElement(RecommendationList list, Context context, Collector<Void> out)
      throws InterruptedException {
    seen++;
    if (seenAtCheckpoint > 0
        && seen > seenAtCheckpoint + LISTS_BEHIND
        && FAILURES.compareAndSet(0, 1)) {
      Thread.sleep(MILLIS_TO_SEND);
      throw new IllegalStateException("planned");
    }
  }
}
