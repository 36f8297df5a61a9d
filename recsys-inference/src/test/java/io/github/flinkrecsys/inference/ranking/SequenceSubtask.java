/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.inference.sequence.SequenceModelChange;
import io.github.flinkrecsys.inference.sequence.SequenceModelConfig;
import io.github.flinkrecsys.inference.testing.ModelSubtask;
import io.github.flinkrecsys.inference.testing.TestMetrics;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** One subtask that follows the control stream of a sequence model. Kryo fails the test. */
final class SequenceSubtask implements AutoCloseable {
  private final TestMetrics metrics = new TestMetrics();
  private final MockEnvironment environment;
  private final OneInputStreamOperatorTestHarness<SequenceModelChange, ModelStatus> harness;

  /** Sets up; {@link #open} or {@link #restore} starts it. */
  SequenceSubtask(SequenceModelConfig config, int parallelism, int subtask) throws Exception {
    environment =
        new MockEnvironmentBuilder()
            .setMaxParallelism(ModelSubtask.MAX_PARALLELISM)
            .setParallelism(parallelism)
            .setSubtaskIndex(subtask)
            .setMetricGroup(metrics.group())
            .build();
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(new SequenceModelFunction(config)), environment);
    ((SerializerConfigImpl) harness.getExecutionConfig().getSerializerConfig())
        .setGenericTypes(false);
  }

  SequenceSubtask open() throws Exception {
    harness.open();
    return this;
  }

  SequenceSubtask restore(OperatorSubtaskState snapshot) throws Exception {
    harness.initializeState(snapshot);
    harness.open();
    return this;
  }

  void send(SequenceModelChange... changes) throws Exception {
    for (SequenceModelChange change : changes) {
      harness.getOneInputOperator().processElement(new StreamRecord<>(change));
    }
  }

  OperatorSubtaskState snapshot() throws Exception {
    return harness.snapshot(1, 1);
  }

  List<ModelStatus> statuses() {
    return harness.extractOutputValues();
  }

  /** Why changes were refused, an empty text for each that was not. */
  List<String> problems() {
    return statuses().stream().map(ModelStatus::problem).toList();
  }

  TestMetrics metrics() {
    return metrics;
  }

  @Override
  public void close() throws Exception {
    harness.close();
    environment.close();
  }
}
