/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.kafka;

import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.event.JsonSchema;
import io.github.flinkrecsys.operators.event.RecordRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.EitherTypeInfo;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads a message as a record or, if it is not one or breaks the rule, as a dead letter that knows
 * the message's place. It never throws: only here is the place known, and what throws in a source
 * fails the job for ever.
 *
 * @param <T> type of the records
 */
final class JsonMessages<T>
    implements KafkaRecordDeserializationSchema<Either<KafkaDeadLetter, T>> {
  private static final long serialVersionUID = 1L;

  static final String PARSE = "parse";

  private static final String VALIDATE = "validate";

  /** Bytes of a message that can become text: any character may take four. */
  private static final int MAX_TEXT_BYTES = 4 * DeadLetter.MAX_RECORD_LENGTH;

  private final Class<T> type;
  private final JsonSchema<T> schema;
  private final RecordRule<T> rule;

  JsonMessages(Class<T> type, RecordRule<T> rule) {
    this.type = type;
    this.rule = rule;
    schema = new JsonSchema<>(type);
  }

  @Override
  public void deserialize(
      ConsumerRecord<byte[], byte[]> message, Collector<Either<KafkaDeadLetter, T>> out) {
    T record;
    try {
      record = schema.deserialize(message.value());
    } catch (IOException e) {
      out.collect(refuse(message, PARSE, e.getMessage()));
      return;
    } catch (RuntimeException | StackOverflowError e) {
      out.collect(refuse(message, PARSE, "message must be parseable, got " + e));
      return;
    }
    String reason = record == null ? "message must have a value, got null" : violation(record);
    out.collect(reason == null ? Either.Right(record) : refuse(message, VALIDATE, reason));
  }

  private String violation(T record) {
    try {
      return rule.apply(record);
    } catch (RuntimeException | StackOverflowError e) {
      return "record must be checkable, got " + e;
    }
  }

  private Either<KafkaDeadLetter, T> refuse(
      ConsumerRecord<byte[], byte[]> message, String stage, String reason) {
    DeadLetter letter = DeadLetter.of(stage, reason, text(message.value()), message.timestamp());
    return Either.Left(KafkaDeadLetter.at(message, letter));
  }

  private static String text(byte[] value) {
    return value == null
        ? null
        : new String(value, 0, Math.min(value.length, MAX_TEXT_BYTES), StandardCharsets.UTF_8);
  }

  @Override
  public TypeInformation<Either<KafkaDeadLetter, T>> getProducedType() {
    return new EitherTypeInfo<>(
        TypeInformation.of(KafkaDeadLetter.class), TypeInformation.of(type));
  }
}
