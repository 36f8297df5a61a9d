/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.connectors.redis.RedisConfig;
import io.github.flinkrecsys.connectors.redis.RedisWriteConfig;
import io.github.flinkrecsys.examples.JobOptions;
import io.github.flinkrecsys.examples.stream.ShopStreamConfig;
import io.github.flinkrecsys.fuzz.Fuzz;
import io.github.flinkrecsys.fuzz.HostileSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Hostile settings of connectors and commands; and what their texts must not tell. */
class HostileOptionsTest {
  private static final RedisConfig REDIS =
      RedisConfig.server("h:1").credentials("shop", "hunter2").build();
  private static final KafkaToRedisOptions OPTIONS =
      new KafkaToRedisOptions(
          "h:1",
          new KafkaToRedisOptions.Topics("i", null, null, null, null, "r", null, "d"),
          "group",
          "prefix",
          Duration.ofMinutes(15),
          Map.of("sasl.jaas.config", "required password='hunter2'"),
          new KafkaToRedisOptions.Checkpoints(Duration.ofSeconds(5), null, null),
          new KafkaToRedisOptions.Time(Duration.ofSeconds(5), Duration.ofMinutes(1)),
          null,
          REDIS,
          JobOptions.of(2),
          64,
          10,
          false);

  @Test
  void settingsAreMadeOrRefused() {
    List<Record> good =
        List.of(
            OPTIONS,
            OPTIONS.topics(),
            OPTIONS.checkpoints(),
            OPTIONS.time(),
            REDIS,
            RedisWriteConfig.defaults(),
            ShopStreamConfig.builder().build());
    Fuzz.run(
        "settings of connectors and commands",
        3_000,
        random -> HostileSettings.call(good, random),
        HostileSettings::accepts);
  }

  @Test
  void noTextHoldsAPassword() {
    assertThat(OPTIONS.toString())
        .contains("sasl.jaas.config", "RedisConfig[", "with password")
        .doesNotContain("hunter2");
  }
}
