/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.functions.Function;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.api.java.typeutils.TypeExtractor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Metric;
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
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/**
 * Runs one subtask of a function without a cluster. With {@link Subtask} the only place that knows
 * Flink's test harness, which is not public API. Generic types are disabled: Kryo fails the test.
 */
public final class Harnesses {
  private static final int MAX_PARALLELISM = 128;

  private Harnesses() {}

  /** One subtask of one, state on the heap. */
  public static <K, I, O> Keyed<K, I, O> keyed(
      KeyedProcessFunction<K, I, O> function, KeySelector<I, K> key, TypeInformation<K> keyType)
      throws Exception {
    return keyed(function, key, keyType, "hashmap", Slot.alone());
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
    return keyed(function, key, keyType, backend, new Slot(new JobID(), parallelism, subtask));
  }

  /** Any subtask of a certain job. */
  public static <K, I, O> Keyed<K, I, O> keyed(
      KeyedProcessFunction<K, I, O> function,
      KeySelector<I, K> key,
      TypeInformation<K> keyType,
      String backend,
      Slot slot)
      throws Exception {
    Map<String, Metric> metrics = new ConcurrentHashMap<>();
    MockEnvironment environment = environment(slot, metrics);
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(function), key, keyType, environment);
    setUp(harness, backend, outputType(function, KeyedProcessFunction.class, 2));
    return new Keyed<>(harness, environment, metrics);
  }

  /** Any subtask of a function with two inputs that are keyed by strings. */
  public static <A, B, O> Connected<A, B, O> connected(
      KeyedCoProcessFunction<String, A, B, O> function,
      KeySelector<A, String> key1,
      KeySelector<B, String> key2,
      String backend,
      Slot slot)
      throws Exception {
    return connected(function, key1, key2, Types.STRING, backend, slot);
  }

  /** Any subtask of a function with two keyed inputs. */
  public static <K, A, B, O> Connected<A, B, O> connected(
      KeyedCoProcessFunction<K, A, B, O> function,
      KeySelector<A, K> key1,
      KeySelector<B, K> key2,
      TypeInformation<K> keyType,
      String backend,
      Slot slot)
      throws Exception {
    Map<String, Metric> metrics = new ConcurrentHashMap<>();
    MockEnvironment environment = environment(slot, metrics);
    var operator = new KeyedCoProcessOperator<>(function);
    // Flink's own harness for two keyed inputs cannot be given a job.
    var harness = new AbstractStreamOperatorTestHarness<O>(operator, environment);
    var config = harness.getStreamConfig();
    config.setStatePartitioner(0, key1);
    config.setStatePartitioner(1, key2);
    config.setStateKeySerializer(
        keyType.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    config.serializeAllConfigs();
    setUp(harness, backend, outputType(function, KeyedCoProcessFunction.class, 3));
    return new Connected<>(operator, harness, environment, metrics);
  }

  /** Any subtask of a function without keys. */
  public static <I, O> Plain<I, O> plain(ProcessFunction<I, O> function, Slot slot)
      throws Exception {
    Map<String, Metric> metrics = new ConcurrentHashMap<>();
    MockEnvironment environment = environment(slot, metrics);
    var harness =
        new OneInputStreamOperatorTestHarness<I, O>(new ProcessOperator<>(function), environment);
    setUp(harness, "hashmap", outputType(function, ProcessFunction.class, 1));
    return new Plain<>(harness, environment, metrics);
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

  /** The {@code n}th of the keys whose records are sent to a subtask. */
  public static String keyOf(int subtask, int parallelism, int n) {
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> "u" + i)
        .filter(key -> subtaskOf(key, parallelism) == subtask)
        .skip(n)
        .findFirst()
        .orElseThrow();
  }

  private static MockEnvironment environment(Slot slot, Map<String, Metric> metrics) {
    return new MockEnvironmentBuilder()
        .setJobID(slot.job())
        .setMaxParallelism(MAX_PARALLELISM)
        .setParallelism(slot.parallelism())
        .setSubtaskIndex(slot.subtask())
        .setMetricGroup(collectingInto(metrics))
        .build();
  }

  private static <O> void setUp(
      AbstractStreamOperatorTestHarness<O> harness, String backend, TypeInformation<O> type)
      throws Exception {
    ((SerializerConfigImpl) harness.getExecutionConfig().getSerializerConfig())
        .setGenericTypes(false);
    Configuration backendConfig = new Configuration();
    backendConfig.setString("state.backend.type", backend);
    backendConfig.setString("state.backend.rocksdb.memory.managed", "false");
    harness.setStateBackend(
        StateBackendLoader.loadStateBackendFromConfig(
            backendConfig, Harnesses.class.getClassLoader(), null));
    harness.setup(type.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
  }

  @SuppressWarnings("unchecked")
  private static <O> TypeInformation<O> outputType(
      Function function, Class<?> base, int typeParameter) {
    return function instanceof ResultTypeQueryable<?> typed
        ? (TypeInformation<O>) typed.getProducedType()
        : TypeExtractor.createTypeInfo(base, function.getClass(), typeParameter, null, null);
  }

  private static TaskMetricGroup collectingInto(Map<String, Metric> metrics) {
    TestingMetricRegistry registry =
        TestingMetricRegistry.builder()
            .setRegisterConsumer((metric, name, group) -> metrics.put(name, metric))
            .build();
    return TaskManagerMetricGroup.createTaskManagerMetricGroup(
            registry, "localhost", ResourceID.generate())
        .addJob(new JobID(), "job")
        .addTask(ExecutionAttemptID.randomId(), "task");
  }

  /** A subtask with one keyed input. */
  public static final class Keyed<K, I, O> extends Subtask<O> {
    private final KeyedOneInputStreamOperatorTestHarness<K, I, O> harness;

    private Keyed(
        KeyedOneInputStreamOperatorTestHarness<K, I, O> harness,
        MockEnvironment environment,
        Map<String, Metric> metrics)
        throws Exception {
      super(harness, environment, metrics);
      this.harness = harness;
    }

    /** Opens without state. */
    public Keyed<K, I, O> open() throws Exception {
      start();
      return this;
    }

    /** Opens with the state of a snapshot. */
    public Keyed<K, I, O> restore(OperatorSubtaskState snapshot) throws Exception {
      startFrom(snapshot);
      return this;
    }

    /** Sends one record without a Flink timestamp. */
    public void send(I record) throws Exception {
      harness.processElement(new StreamRecord<>(record));
    }

    @Override
    public void watermark(long millis) throws Exception {
      harness.processWatermark(millis);
    }
  }

  /** A subtask with two keyed inputs. */
  public static final class Connected<A, B, O> extends Subtask<O> {
    private final TwoInputStreamOperator<A, B, O> operator;

    private Connected(
        TwoInputStreamOperator<A, B, O> operator,
        AbstractStreamOperatorTestHarness<O> harness,
        MockEnvironment environment,
        Map<String, Metric> metrics)
        throws Exception {
      super(harness, environment, metrics);
      this.operator = operator;
    }

    /** Opens without state. */
    public Connected<A, B, O> open() throws Exception {
      start();
      return this;
    }

    /** Opens with the state of a snapshot. */
    public Connected<A, B, O> restore(OperatorSubtaskState snapshot) throws Exception {
      startFrom(snapshot);
      return this;
    }

    /** Sends one record to the first input. */
    public void send1(A value) throws Exception {
      StreamRecord<A> record = new StreamRecord<>(value);
      operator.setKeyContextElement1(record);
      operator.processElement1(record);
    }

    /** Sends one record to the second input. */
    public void send2(B value) throws Exception {
      StreamRecord<B> record = new StreamRecord<>(value);
      operator.setKeyContextElement2(record);
      operator.processElement2(record);
    }

    @Override
    public void watermark(long millis) throws Exception {
      watermark1(millis);
      watermark2(millis);
    }

    /** Advances event time of the first input alone. */
    public void watermark1(long millis) throws Exception {
      operator.processWatermark1(new Watermark(millis));
    }

    /** Advances event time of the second input alone. */
    public void watermark2(long millis) throws Exception {
      operator.processWatermark2(new Watermark(millis));
    }
  }

  /** A subtask with one input without keys. */
  public static final class Plain<I, O> extends Subtask<O> {
    private final OneInputStreamOperatorTestHarness<I, O> harness;

    private Plain(
        OneInputStreamOperatorTestHarness<I, O> harness,
        MockEnvironment environment,
        Map<String, Metric> metrics)
        throws Exception {
      super(harness, environment, metrics);
      this.harness = harness;
    }

    /** Sends one record without a Flink timestamp. */
    public void send(I record) throws Exception {
      harness.processElement(new StreamRecord<>(record));
    }

    @Override
    public void watermark(long millis) throws Exception {
      harness.processWatermark(millis);
    }
  }
}
