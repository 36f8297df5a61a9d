/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.kafka;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flinkrecsys.examples.InputException;
import io.github.flinkrecsys.examples.JobOptions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Brokers that do not answer end the command, in one line; those that do are in the IT case. */
class TopicCheckTest {
  @Test
  void brokersThatDoNotAnswerAreAnErrorAfterABoundedTime() {
    assertThatThrownBy(check("127.0.0.1:1", Map.of())::run)
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "bootstrap-servers must be brokers that answer, got 127.0.0.1:1: Timed out");
  }

  @Test
  void whatIsNoAddressIsAnError() {
    assertThatThrownBy(check("nowhere", Map.of())::run)
        .isInstanceOf(InputException.class)
        .hasMessage(
            "bootstrap-servers must be brokers that answer, got nowhere: Invalid url in"
                + " bootstrap.servers: nowhere");
  }

  @Test
  void aPropertyThatNoClientTakesIsAnError() {
    assertThatThrownBy(check("127.0.0.1:1", Map.of("security.protocol", "carrier pigeon"))::run)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("security.protocol");
  }

  private static TopicCheck check(String servers, Map<String, String> properties) {
    KafkaToRedisOptions options =
        new KafkaToRedisOptions(
            servers,
            new KafkaToRedisOptions.Topics("i", null, null, null, null, "r", null, "d"),
            "group",
            "prefix",
            Duration.ofMinutes(15),
            properties,
            new KafkaToRedisOptions.Checkpoints(Duration.ofSeconds(5), null, null),
            new KafkaToRedisOptions.Time(Duration.ofSeconds(5), Duration.ofMinutes(1)),
            null,
            null,
            JobOptions.of(2),
            64,
            10,
            false);
    return new TopicCheck(options, Duration.ofSeconds(1));
  }
}
