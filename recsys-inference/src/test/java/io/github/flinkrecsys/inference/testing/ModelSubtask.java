/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** One subtask of an operator with two inputs, without a cluster. Kryo fails the test. */
public final class ModelSubtask<I, C, O> implements AutoCloseable {
  /** Of every subtask that a test sets up, so that snapshots fit. */
  public static final int MAX_PARALLELISM = 128;

  private final TwoInputStreamOperator<I, C, O> operator;
  private final MockEnvironment environment;
  private final AbstractStreamOperatorTestHarness<O> harness;
  private final TestMetrics metrics = new TestMetrics();

  /** Sets up; {@link #open} or {@link #restore} starts it. */
  public ModelSubtask(
      TwoInputStreamOperator<I, C, O> operator,
      TypeInformation<O> type,
      int parallelism,
      int subtask)
      throws Exception {
    this.operator = operator;
    environment =
        new MockEnvironmentBuilder()
            .setMaxParallelism(MAX_PARALLELISM)
            .setParallelism(parallelism)
            .setSubtaskIndex(subtask)
            .setMetricGroup(metrics.group())
            .build();
    harness =
        new AbstractStreamOperatorTestHarness<>((AbstractStreamOperator<O>) operator, environment);
    ((SerializerConfigImpl) harness.getExecutionConfig().getSerializerConfig())
        .setGenericTypes(false);
    harness.setup(type.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    harness.setProcessingTime(0);
  }

  /** Opens without state. */
  public ModelSubtask<I, C, O> open() throws Exception {
    harness.open();
    return this;
  }

  /** Opens with the state of a snapshot. */
  public ModelSubtask<I, C, O> restore(OperatorSubtaskState snapshot) throws Exception {
    harness.initializeState(snapshot);
    harness.open();
    return this;
  }

  /** What a subtask restores from the snapshots of all subtasks there were. */
  public static OperatorSubtaskState rescaled(
      int parallelism, int subtask, OperatorSubtaskState... snapshots) throws Exception {
    return AbstractStreamOperatorTestHarness.repartitionOperatorState(
        AbstractStreamOperatorTestHarness.repackageState(snapshots),
        MAX_PARALLELISM,
        snapshots.length,
        parallelism,
        subtask);
  }

  /** Sends a record with its time. */
  public void send(I record, long timestamp) throws Exception {
    operator.processElement1(new StreamRecord<>(record, timestamp));
  }

  /** Sends a record on the second input. */
  public void control(C record) throws Exception {
    operator.processElement2(new StreamRecord<>(record));
  }

  /** Advances event time of the first input. */
  public void watermark(long millis) throws Exception {
    operator.processWatermark1(new Watermark(millis));
  }

  /** Sets the clock. */
  public void clock(long millis) throws Exception {
    harness.setProcessingTime(millis);
  }

  /** Lets the clock run on until something is so, for 2 minutes of real time at most. */
  public void runUntil(BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + 120_000_000_000L;
    while (!condition.getAsBoolean() && System.nanoTime() < end) {
      Thread.sleep(1);
      harness.setProcessingTime(harness.getProcessingTime() + 20);
    }
    if (!condition.getAsBoolean()) {
      throw new AssertionError("it did not come about within 2 minutes");
    }
  }

  /** Takes a checkpoint as a task does: first what the operator does before the barrier. */
  public OperatorSubtaskState snapshot() throws Exception {
    harness.getOperator().prepareSnapshotPreBarrier(1);
    return harness.snapshot(1, 1);
  }

  /** Ends the input. */
  public void finish() throws Exception {
    operator.finish();
  }

  /** All records emitted. */
  public List<O> output() {
    return harness.extractOutputValues();
  }

  /** All records, watermarks and the like that were emitted, with their times. */
  public List<Object> elements() {
    return List.copyOf(harness.getOutput());
  }

  /** All records on a side output. */
  public <S> List<S> sideOutput(OutputTag<S> tag) {
    List<S> values = new ArrayList<>();
    var records = harness.getSideOutput(tag);
    if (records != null) {
      records.forEach(record -> values.add(record.getValue()));
    }
    return values;
  }

  /** All metrics. */
  public TestMetrics metrics() {
    return metrics;
  }

  @Override
  public void close() throws Exception {
    harness.close();
    environment.close();
  }
}
