/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.RichFunction;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.state.TestableKeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractUdfStreamOperator;
import org.apache.flink.streaming.api.operators.TimerHeapInternalTimer;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** A subtask without a cluster; the harness behind it stays out of the tests. */
public abstract class Subtask<O> implements AutoCloseable {
  /** Wall-clock time at which every subtask starts: a clock that shows 0 is none. */
  public static final long START_MILLIS = 1_000_000;

  private final AbstractStreamOperatorTestHarness<O> harness;
  private final MockEnvironment environment;
  private final Map<String, Metric> metrics;

  Subtask(
      AbstractStreamOperatorTestHarness<O> harness,
      MockEnvironment environment,
      Map<String, Metric> metrics)
      throws Exception {
    this.harness = harness;
    this.environment = environment;
    this.metrics = metrics;
    harness.setProcessingTime(START_MILLIS);
  }

  /** Opens without state. */
  public void start() throws Exception {
    harness.open();
  }

  /** Opens with the state of a snapshot. */
  public void startFrom(OperatorSubtaskState snapshot) throws Exception {
    harness.initializeState(snapshot);
    harness.open();
  }

  /** Advances event time of all inputs. */
  public abstract void watermark(long millis) throws Exception;

  /** Advances wall-clock time to this many milliseconds after the start. */
  public void clock(long millisAfterStart) throws Exception {
    harness.setProcessingTime(START_MILLIS + millisAfterStart);
  }

  /**
   * Fires a wall-clock timer of a key whatever the clock shows: timers run by elapsed time, and the
   * clock may have been set back.
   */
  @SuppressWarnings("unchecked") // Both operators of keyed functions have timers of this type.
  public void fireClockTimer(Object key, long millisAfterStart) throws Exception {
    harness.getOperator().setCurrentKey(key);
    ((Triggerable<Object, VoidNamespace>) harness.getOperator())
        .onProcessingTime(
            new TimerHeapInternalTimer<>(
                START_MILLIS + millisAfterStart, key, VoidNamespace.INSTANCE));
  }

  /** All records emitted since it was opened. */
  public List<O> output() {
    return harness.extractOutputValues();
  }

  /** All records on a side output since it was opened. */
  public <S> List<S> sideOutput(OutputTag<S> tag) {
    List<S> values = new ArrayList<>();
    var records = harness.getSideOutput(tag);
    if (records != null) {
      records.forEach(record -> values.add(record.getValue()));
    }
    return values;
  }

  /** Value of a counter of the function. */
  public long counter(String name) {
    return ((Counter) metrics.get(name)).getCount();
  }

  /** Value of a gauge of the function. */
  public Object gauge(String name) {
    return ((Gauge<?>) metrics.get(name)).getValue();
  }

  /** All metrics of the function and of Flink by name, those with a label once. */
  public Map<String, Metric> metrics() {
    return metrics;
  }

  /** Entries of all keyed states over all keys. */
  public int stateEntries() throws Exception {
    snapshot(); // RocksDB holds back deleted timers until then
    return ((TestableKeyedStateBackend<?>) harness.getOperator().getKeyedStateBackend())
        .numKeyValueStateEntries();
  }

  /** Event-time timers of all keys. */
  public int timers() {
    return harness.numEventTimeTimers();
  }

  /** Processing-time timers of all keys. */
  public int clockTimers() {
    return harness.numProcessingTimeTimers();
  }

  /** Takes a checkpoint. */
  public OperatorSubtaskState snapshot() throws Exception {
    return harness.snapshot(1, 1);
  }

  /** What the function sees of its task, once it was opened. */
  RuntimeContext runtimeContext() {
    var operator = (AbstractUdfStreamOperator<?, ?>) harness.getOperator();
    return ((RichFunction) operator.getUserFunction()).getRuntimeContext();
  }

  @Override
  public void close() throws Exception {
    harness.close();
    environment.close();
  }
}
