/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.kafka;

import io.github.flinkrecsys.core.event.EnrichedInteraction;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.operators.event.RecordRule;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.types.Either;
import org.apache.flink.util.function.SerializableFunction;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The sources and sinks of the job. */
final class KafkaEnds {
  private final KafkaToRedisOptions options;

  KafkaEnds(KafkaToRedisOptions options) {
    this.options = options;
  }

  <T> KafkaSource<Either<KafkaDeadLetter, T>> source(
      String topic, Class<T> type, RecordRule<T> rule) {
    return KafkaSource.<Either<KafkaDeadLetter, T>>builder()
        // What a failed writer has left is none of the users' doing.
        .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
        .setProperties(clientProperties())
        .setBootstrapServers(options.servers())
        .setGroupId(options.groupId())
        .setClientIdPrefix(options.groupId() + "-" + topic)
        .setTopics(topic)
        .setStartingOffsets(committedElseEarliest())
        .setDeserializer(new JsonMessages<>(type, rule))
        .build();
  }

  KafkaSink<RecommendationList> recommendations() {
    return exactlyOnce(
        options.topics().recommendations(),
        RecommendationList.class,
        list -> list.userId().isEmpty() ? null : list.userId(),
        options.transactionalIdPrefix());
  }

  KafkaSink<EnrichedInteraction> enriched() {
    return exactlyOnce(
        options.topics().enriched(),
        EnrichedInteraction.class,
        enriched -> enriched.interaction().userId(),
        options.transactionalIdPrefix() + "-enriched");
  }

  /** Each record once, visible with the checkpoint that it belongs to; keyed by user. */
  private <T> KafkaSink<T> exactlyOnce(
      String topic, Class<T> type, SerializableFunction<T, String> key, String idPrefix) {
    return KafkaSink.<T>builder()
        .setKafkaProducerConfig(clientProperties())
        .setBootstrapServers(options.servers())
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix(idPrefix)
        // Ids are used again: the other strategy leaves Kafka a new one for every checkpoint.
        .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
        .setProperty(
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
            String.valueOf(options.transactionTimeout().toMillis()))
        .setRecordSerializer(new JsonWriter<>(topic, type, key))
        .build();
  }

  /** At least once, but at once: a checkpoint that cannot complete must not hide the reason. */
  KafkaSink<KafkaDeadLetter> deadLetters() {
    return KafkaSink.<KafkaDeadLetter>builder()
        .setKafkaProducerConfig(clientProperties())
        .setBootstrapServers(options.servers())
        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
        .setRecordSerializer(
            new JsonWriter<>(
                options.topics().deadLetters(), KafkaDeadLetter.class, KafkaDeadLetter::key))
        .build();
  }

  // The connector has no other type for it yet.
  @SuppressWarnings("deprecation")
  private static OffsetsInitializer committedElseEarliest() {
    return OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
  }

  private Properties clientProperties() {
    Properties properties = new Properties();
    properties.putAll(options.properties());
    return properties;
  }
}
