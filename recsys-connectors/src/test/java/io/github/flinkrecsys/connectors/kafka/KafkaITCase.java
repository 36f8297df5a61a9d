/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.operators.event.InteractionWatermarks;
import io.github.flinkrecsys.operators.event.JsonSchema;
import io.github.flinkrecsys.operators.pipeline.Recsys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operators between the Kafka connector's own ends, on each line of Flink. */
class KafkaITCase {
  private static final int CLICKS = 400;
  private static final int FATAL = 300;

  @TempDir private Path folder;

  @Test
  void everyListIsSeenOnceAlthoughTheJobFails() throws Exception {
    try (TestBroker broker = new TestBroker(folder)) {
      broker.createTopic("clicks", 2);
      broker.createTopic("lists", 1);
      FailOnce.FAILURES.set(0);
      send(broker, 0, CLICKS / 2);
      JobClient job = start(broker);
      await(() -> broker.committed("shop") == CLICKS / 2);
      send(broker, CLICKS / 2, CLICKS);
      await(() -> broker.committed("shop") == CLICKS);
      await(() -> lists(broker).size() >= CLICKS);
      job.cancel().get();
      assertThat(FailOnce.FAILURES).hasValue(1);
      assertThat(lists(broker)).hasSize(CLICKS).doesNotHaveDuplicates();
    }
  }

  private static void send(TestBroker broker, int from, int to) {
    for (int i = from; i < to; i++) {
      String click = "{\"userId\":\"u%d\",\"itemId\":\"i%d\",\"timestampMillis\":%d}";
      broker.send("clicks", i % 2, click.formatted(i % 10, i, 1_000_000L + i));
    }
    broker.flush();
  }

  private static JobClient start(TestBroker broker) throws Exception {
    Configuration configuration = new Configuration();
    configuration.setString("pipeline.generic-types", "false");
    configuration.setString("pipeline.auto-generate-uids", "false");
    configuration.setString("execution.checkpointing.interval", "200 ms");
    configuration.setString("restart-strategy.type", "fixed-delay");
    configuration.setString("restart-strategy.fixed-delay.delay", "20 ms");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
    KafkaSource<Interaction> clicks =
        KafkaSource.<Interaction>builder()
            .setBootstrapServers(broker.address())
            .setTopics("clicks")
            .setGroupId("shop")
            .setValueOnlyDeserializer(new JsonSchema<>(Interaction.class))
            .build();
    KafkaSink<RecommendationList> lists =
        KafkaSink.<RecommendationList>builder()
            .setBootstrapServers(broker.address())
            .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
            .setTransactionalIdPrefix("shop")
            .setProperty("transaction.timeout.ms", "600000")
            .setRecordSerializer(
                KafkaRecordSerializationSchema.<RecommendationList>builder()
                    .setTopic("lists")
                    .setValueSerializationSchema(new JsonSchema<>(RecommendationList.class))
                    .build())
            .build();
    DataStream<Interaction> interactions =
        env.fromSource(
                clicks, InteractionWatermarks.of(Duration.ZERO, Duration.ofMinutes(1)), "clicks")
            .uid("clicks")
            .map(new FailOnce())
            .uid("fail-once");
    Recsys.builder("shop").build().apply(interactions).recommendations().sinkTo(lists).uid("lists");
    return env.executeAsync();
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("time to wait").isLessThan(end);
      Thread.sleep(100);
    }
  }

  private static List<String> lists(TestBroker broker) throws Exception {
    JsonSchema<RecommendationList> json = new JsonSchema<>(RecommendationList.class);
    List<String> lists = new ArrayList<>();
    for (ConsumerRecord<String, String> message : broker.read("lists", "read_committed")) {
      RecommendationList list = json.deserialize(message.value().getBytes(StandardCharsets.UTF_8));
      lists.add(list.userId() + "@" + list.generatedAtMillis());
    }
    return lists;
  }

  /** Fails the job at one event, which comes after a checkpoint that had others. */
  private static final class FailOnce implements MapFunction<Interaction, Interaction> {
    static final AtomicInteger FAILURES = new AtomicInteger();

    private static final long serialVersionUID = 1L;

    @Override
    public Interaction map(Interaction click) {
      if (click.timestampMillis() == 1_000_000L + FATAL && FAILURES.compareAndSet(0, 1)) {
        throw new IllegalStateException("planned");
      }
      return click;
    }
  }
}
