/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.kafka;

import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.types.Either;

/** Event time of what a Kafka source gives; Flink keeps it per partition. */
final class MessageTime {
  private MessageTime() {}

  /**
   * Lets records alone make time. A partition that brings nothing but refused messages is as silent
   * as an empty one, and becomes idle like it.
   */
  static <T> WatermarkStrategy<Either<KafkaDeadLetter, T>> ofRecords(WatermarkStrategy<T> records) {
    return new OfRecords<>(records);
  }

  /**
   * Leaves time to other sources: always idle, so that neither a silent topic nor a wrong timestamp
   * in it holds back or moves on event time.
   */
  static <T> WatermarkStrategy<T> none() {
    return context -> new AlwaysIdle<>();
  }

  private record OfRecords<T>(WatermarkStrategy<T> records)
      implements WatermarkStrategy<Either<KafkaDeadLetter, T>> {
    private static final long serialVersionUID = 1L;

    @Override
    public WatermarkGenerator<Either<KafkaDeadLetter, T>> createWatermarkGenerator(
        WatermarkGeneratorSupplier.Context context) {
      return new RecordsOnly<>(records.createWatermarkGenerator(context));
    }

    @Override
    public TimestampAssigner<Either<KafkaDeadLetter, T>> createTimestampAssigner(
        TimestampAssignerSupplier.Context context) {
      TimestampAssigner<T> assigner = records.createTimestampAssigner(context);
      return (message, timestamp) ->
          message.isLeft() ? timestamp : assigner.extractTimestamp(message.right(), timestamp);
    }
  }

  private record RecordsOnly<T>(WatermarkGenerator<T> records)
      implements WatermarkGenerator<Either<KafkaDeadLetter, T>> {
    @Override
    public void onEvent(
        Either<KafkaDeadLetter, T> message, long timestamp, WatermarkOutput output) {
      if (message.isRight()) {
        records.onEvent(message.right(), timestamp, output);
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      records.onPeriodicEmit(output);
    }
  }

  private record AlwaysIdle<T>() implements WatermarkGenerator<T> {
    @Override
    public void onEvent(T event, long timestamp, WatermarkOutput output) {}

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.markIdle();
    }
  }
}
