/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.connectors.kafka.TestBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page's lines are a job that runs. */
class KafkaSnippetITCase {
  @TempDir private Path folder;

  @Test
  void clicksBecomeLists() throws Exception {
    try (TestBroker broker = new TestBroker(folder)) {
      broker.createTopic("clicks", 2);
      broker.createTopic("top-k", 1);
      long now = System.currentTimeMillis();
      for (int i = 0; i < 4; i++) {
        String click = "{\"userId\":\"u%d\",\"itemId\":\"i%d\",\"timestampMillis\":%d}";
        broker.send("clicks", i % 2, click.formatted(i % 2, i, now + i));
      }
      broker.flush();
      Configuration configuration = new Configuration();
      configuration.setString("pipeline.generic-types", "false");
      configuration.setString("pipeline.auto-generate-uids", "false");
      configuration.setString("execution.checkpointing.interval", "200 ms");
      StreamExecutionEnvironment env =
          StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
      Snippets.kafka(env, broker.address());
      JobClient job = env.executeAsync();
      List<ConsumerRecord<String, String>> lists = List.of();
      long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
      while (lists.size() < 4 && System.nanoTime() < end) {
        Thread.sleep(100);
        lists = broker.read("top-k", "read_committed");
      }
      job.cancel().get();
      assertThat(lists).hasSize(4).allMatch(list -> list.value().startsWith("{\"userId\":\"u"));
    }
  }
}
