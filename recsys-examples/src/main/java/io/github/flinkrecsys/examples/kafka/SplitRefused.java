/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.kafka;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;

/**
 * Counts dead letters and sends them to {@link KafkaDeadLetter#TAG}, records on.
 *
 * @param <T> type of the records
 */
final class SplitRefused<T> extends ProcessFunction<Either<KafkaDeadLetter, T>, T>
    implements ResultTypeQueryable<T> {
  private static final long serialVersionUID = 1L;

  private final Class<T> type;
  private transient RefusedCounters refused;

  SplitRefused(Class<T> type) {
    this.type = type;
  }

  @Override
  public void open(OpenContext context) {
    refused = new RefusedCounters(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(
      Either<KafkaDeadLetter, T> message, Context context, Collector<T> out) {
    if (message.isLeft()) {
      refused.count(message.left());
      context.output(KafkaDeadLetter.TAG, message.left());
    } else {
      out.collect(message.right());
    }
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return TypeInformation.of(type);
  }
}
