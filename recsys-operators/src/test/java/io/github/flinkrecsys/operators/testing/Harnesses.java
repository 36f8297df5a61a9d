/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.api.java.typeutils.TypeExtractor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackendLoader;
import org.apache.flink.runtime.state.TestableKeyedStateBackend;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/**
 * Runs one subtask of a keyed function without a cluster. The only class that knows Flink's test
 * harness, which is not public API. Generic types are disabled: Kryo fails the test.
 */
public final class Harnesses {
  private static final int MAX_PARALLELISM = 128;

  private Harnesses() {}

  /** One subtask of one, state on the heap. */
  public static <K, I, O> Keyed<K, I, O> keyed(
      KeyedProcessFunction<K, I, O> function, KeySelector<I, K> key, TypeInformation<K> keyType)
      throws Exception {
    return keyed(function, key, keyType, "hashmap", 1, 0);
  }

  /** Any subtask; {@code backend} is "hashmap" or "rocksdb". */
  public static <K, I, O> Keyed<K, I, O> keyed(
      KeyedProcessFunction<K, I, O> function,
      KeySelector<I, K> key,
      TypeInformation<K> keyType,
      String backend,
      int parallelism,
      int subtask)
      throws Exception {
    Map<String, Counter> counters = new ConcurrentHashMap<>();
    MockEnvironment environment =
        new MockEnvironmentBuilder()
            .setMaxParallelism(MAX_PARALLELISM)
            .setParallelism(parallelism)
            .setSubtaskIndex(subtask)
            .setMetricGroup(collectingInto(counters))
            .build();
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(function), key, keyType, environment);
    ((SerializerConfigImpl) harness.getExecutionConfig().getSerializerConfig())
        .setGenericTypes(false);
    Configuration backendConfig = new Configuration();
    backendConfig.setString("state.backend.type", backend);
    backendConfig.setString("state.backend.rocksdb.memory.managed", "false");
    harness.setStateBackend(
        StateBackendLoader.loadStateBackendFromConfig(
            backendConfig, Harnesses.class.getClassLoader(), null));
    harness.setup(
        outputType(function).createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    return new Keyed<>(harness, environment, counters);
  }

  /** What subtask {@code subtask} of {@code parallelism} restores from all these snapshots. */
  public static OperatorSubtaskState rescaled(
      int parallelism, int subtask, OperatorSubtaskState... snapshots) throws Exception {
    return AbstractStreamOperatorTestHarness.repartitionOperatorState(
        AbstractStreamOperatorTestHarness.repackageState(snapshots),
        MAX_PARALLELISM,
        snapshots.length,
        parallelism,
        subtask);
  }

  /** The subtask that a key's records are sent to. */
  public static int subtaskOf(Object key, int parallelism) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(key, MAX_PARALLELISM, parallelism);
  }

  @SuppressWarnings("unchecked")
  private static <O> TypeInformation<O> outputType(KeyedProcessFunction<?, ?, O> function) {
    return function instanceof ResultTypeQueryable<?> typed
        ? (TypeInformation<O>) typed.getProducedType()
        : TypeExtractor.createTypeInfo(
            KeyedProcessFunction.class, function.getClass(), 2, null, null);
  }

  private static TaskMetricGroup collectingInto(Map<String, Counter> counters) {
    TestingMetricRegistry registry =
        TestingMetricRegistry.builder()
            .setRegisterConsumer(
                (metric, name, group) -> {
                  if (metric instanceof Counter counter) {
                    counters.put(name, counter);
                  }
                })
            .build();
    return TaskManagerMetricGroup.createTaskManagerMetricGroup(
            registry, "localhost", ResourceID.generate())
        .addJob(new JobID(), "job")
        .addTask(ExecutionAttemptID.randomId(), "task");
  }

  /** A subtask; the harness behind it stays out of the tests. */
  public static final class Keyed<K, I, O> implements AutoCloseable {
    private final KeyedOneInputStreamOperatorTestHarness<K, I, O> harness;
    private final MockEnvironment environment;
    private final Map<String, Counter> counters;

    private Keyed(
        KeyedOneInputStreamOperatorTestHarness<K, I, O> harness,
        MockEnvironment environment,
        Map<String, Counter> counters) {
      this.harness = harness;
      this.environment = environment;
      this.counters = counters;
    }

    /** Opens without state. */
    public Keyed<K, I, O> open() throws Exception {
      harness.open();
      return this;
    }

    /** Opens with the state of a snapshot. */
    public Keyed<K, I, O> restore(OperatorSubtaskState snapshot) throws Exception {
      harness.initializeState(snapshot);
      harness.open();
      return this;
    }

    /** Sends one record without a Flink timestamp. */
    public void send(I record) throws Exception {
      harness.processElement(new StreamRecord<>(record));
    }

    /** Advances event time. */
    public void watermark(long millis) throws Exception {
      harness.processWatermark(millis);
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
      return counters.get(name).getCount();
    }

    /** Entries of all keyed states over all keys. */
    public int stateEntries() throws Exception {
      snapshot(); // RocksDB holds back deleted timers until then
      AbstractStreamOperator<?> operator = (AbstractStreamOperator<?>) harness.getOperator();
      return ((TestableKeyedStateBackend<?>) operator.getKeyedStateBackend())
          .numKeyValueStateEntries();
    }

    /** Timers of all keys. */
    public int timers() {
      return harness.numEventTimeTimers();
    }

    /** Takes a checkpoint. */
    public OperatorSubtaskState snapshot() throws Exception {
      return harness.snapshot(1, 1);
    }

    @Override
    public void close() throws Exception {
      harness.close();
      environment.close();
    }
  }
}
