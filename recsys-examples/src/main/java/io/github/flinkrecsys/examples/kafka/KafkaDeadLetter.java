/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.kafka;

import io.github.flinkrecsys.operators.event.DeadLetter;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A message that was refused, where it stands, and why.
 *
 * @param topic that it came from, or null if an operator refused a record whose place it does not
 *     know
 * @param partition of the topic, -1 if unknown
 * @param offset in the partition, -1 if unknown
 * @param stage what refused it: {@code parse}, {@code validate} or the name of an operator
 * @param reason why, in the form {@code <name> must be <rule>, got <value>}
 * @param record text of the message, cut if it is long
 * @param timestampMillis Kafka's timestamp of the message, or the event time of a record without a
 *     place; milliseconds since 1970, -1 if unknown
 */
public record KafkaDeadLetter(
    String topic,
    int partition,
    long offset,
    String stage,
    String reason,
    String record,
    long timestampMillis) {
  static final OutputTag<KafkaDeadLetter> TAG =
      new OutputTag<>("kafka-dead-letters", TypeInformation.of(KafkaDeadLetter.class));

  private static final int NO_PLACE = -1;

  static KafkaDeadLetter at(ConsumerRecord<?, ?> message, DeadLetter letter) {
    return of(message.topic(), message.partition(), message.offset(), letter);
  }

  static KafkaDeadLetter withoutPlace(DeadLetter letter) {
    return of(null, NO_PLACE, NO_PLACE, letter);
  }

  private static KafkaDeadLetter of(String topic, int partition, long offset, DeadLetter letter) {
    return new KafkaDeadLetter(
        topic,
        partition,
        offset,
        letter.stage(),
        letter.reason(),
        letter.record(),
        letter.timestampMillis());
  }

  /** What is the same if the message is refused again after a restart; null without a place. */
  String key() {
    return topic == null ? null : topic + "/" + partition + "/" + offset;
  }
}
