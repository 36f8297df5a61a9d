/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import java.io.OutputStream;
import java.nio.file.Path;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Writes the last value of each key to the journal when the input ends.
 *
 * <p>A {@link Watch} also shows what attempts have sent that were rolled back; that may be the last
 * it shows of a key, since the attempt after them does not take the same steps. What is here is
 * state, and rolled back with the rest.
 */
final class LastValue<T> extends KeyedProcessFunction<String, T, Integer> {
  private static final long serialVersionUID = 1L;

  private final FaultPlan plan;
  private final int life;
  private final String stream;
  private final Watch.Text<T> value;
  private transient ValueState<String> last;
  private transient OutputStream out;

  private LastValue(FaultPlan plan, int life, String stream, Watch.Text<T> value) {
    this.plan = plan;
    this.life = life;
    this.stream = stream;
    this.value = value;
  }

  static <T> void add(
      DataStream<T> records,
      FaultPlan plan,
      int life,
      String stream,
      Watch.Text<T> key,
      Watch.Text<T> value) {
    records
        .keyBy(key::of)
        .process(new LastValue<>(plan, life, stream, value))
        .name("last-" + stream)
        .uid("last-" + stream);
  }

  @Override
  public void open(OpenContext context) throws Exception {
    last = getRuntimeContext().getState(new ValueStateDescriptor<>("last", Types.STRING));
    out = Journal.open(Path.of(plan.directory()), stream, life, getRuntimeContext().getTaskInfo());
  }

  @Override
  public void processElement(T record, Context context, Collector<Integer> collector)
      throws Exception {
    last.update(value.of(record));
    context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Integer> collector)
      throws Exception {
    Journal.write(out, context.getCurrentKey(), last.value());
  }

  @Override
  public void close() throws Exception {
    if (out != null) {
      out.close();
    }
  }
}
