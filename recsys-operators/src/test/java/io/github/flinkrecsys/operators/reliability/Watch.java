/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Path;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Writes a stream to the journal, and fails behind a record when that is due. */
final class Watch<T> extends ProcessFunction<T, Integer> {
  private static final long serialVersionUID = 1L;

  /** Text of a record. */
  interface Text<T> extends Serializable {
    String of(T record);
  }

  private final FaultPlan plan;
  private final int life;
  private final String stream;
  private final Fault.Kind failure;
  private final Text<T> key;
  private final Text<T> value;
  private transient OutputStream out;

  private Watch(
      FaultPlan plan, int life, String stream, Fault.Kind failure, Text<T> key, Text<T> value) {
    this.plan = plan;
    this.life = life;
    this.stream = stream;
    this.failure = failure;
    this.key = key;
    this.value = value;
  }

  /** Adds a watch; {@code failure} may be null. */
  static <T> void add(
      DataStream<T> records,
      FaultPlan plan,
      int life,
      String stream,
      Fault.Kind failure,
      Text<T> key,
      Text<T> value) {
    records
        .process(new Watch<>(plan, life, stream, failure, key, value))
        .name("watch-" + stream)
        .uid("watch-" + stream);
  }

  @Override
  public void open(OpenContext context) throws Exception {
    out = Journal.open(Path.of(plan.directory()), stream, life, getRuntimeContext().getTaskInfo());
  }

  @Override
  public void processElement(T record, Context context, Collector<Integer> collector)
      throws Exception {
    Journal.write(out, key.of(record), value.of(record));
    if (failure != null && plan.take(failure)) {
      throw new IllegalStateException("planned failure behind " + stream);
    }
  }

  @Override
  public void close() throws Exception {
    if (out != null) {
      out.close();
    }
  }
}
