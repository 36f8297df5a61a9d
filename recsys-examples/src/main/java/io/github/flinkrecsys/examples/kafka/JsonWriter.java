/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.kafka;

import io.github.flinkrecsys.operators.event.JsonSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.util.function.SerializableFunction;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes records as JSON into one topic.
 *
 * <p>The timestamp is left to the producer: Kafka deletes messages by it, and event time, which the
 * connector's own writer puts there, may in a replay be past the topic's retention already.
 *
 * @param <T> type of the records
 */
final class JsonWriter<T> implements KafkaRecordSerializationSchema<T>, KafkaDatasetFacetProvider {
  private static final long serialVersionUID = 1L;

  private final String topic;
  private final JsonSchema<T> schema;
  private final SerializableFunction<T, String> key;

  /** The key may be null, which spreads the records over the partitions. */
  JsonWriter(String topic, Class<T> type, SerializableFunction<T, String> key) {
    this.topic = topic;
    this.key = key;
    schema = new JsonSchema<>(type);
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      T record, KafkaSinkContext context, Long eventTime) {
    String keyText = key.apply(record);
    byte[] keyBytes = keyText == null ? null : keyText.getBytes(StandardCharsets.UTF_8);
    return new ProducerRecord<>(topic, keyBytes, schema.serialize(record));
  }

  /** Tells the sink the topic, in which it looks for transactions that a failed job has left. */
  @Override
  public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
    return Optional.of(
        new DefaultKafkaDatasetFacet(DefaultKafkaDatasetIdentifier.ofTopics(List.of(topic))));
  }
}
