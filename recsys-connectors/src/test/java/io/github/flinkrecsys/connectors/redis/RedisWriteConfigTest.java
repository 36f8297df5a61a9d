/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedisWriteConfigTest {
  @Test
  void hasDefaults() {
    assertThat(RedisWriteConfig.defaults())
        .isEqualTo(
            new RedisWriteConfig(
                Duration.ofDays(30),
                1_000,
                100,
                Duration.ofMillis(50),
                Duration.ofSeconds(10),
                RedisWriteConfig.UNLIMITED));
  }

  @Test
  void builderSetsEveryValue() {
    RedisWriteConfig config =
        RedisWriteConfig.builder()
            .ttl(Duration.ofMillis(1))
            .maxInFlight(3)
            .batchSize(2)
            .backoff(Duration.ofMillis(4), Duration.ofMillis(5))
            .maxOutage(Duration.ofMillis(6))
            .build();
    assertThat(config)
        .isEqualTo(
            new RedisWriteConfig(
                Duration.ofMillis(1),
                3,
                2,
                Duration.ofMillis(4),
                Duration.ofMillis(5),
                Duration.ofMillis(6)));
  }

  @Test
  void waitsDoubleUpToTheLongest() {
    RedisWriteConfig config =
        RedisWriteConfig.builder().backoff(Duration.ofMillis(50), Duration.ofMillis(350)).build();
    assertThat(List.of(0, 1, 2, 3, 62, 63, 64, Integer.MAX_VALUE))
        .extracting(attempt -> config.backoff(attempt).toMillis())
        .containsExactly(50L, 100L, 200L, 350L, 350L, 350L, 350L, 350L);
  }

  @Test
  void refusesWhatCannotWork() {
    assertRefused(
        RedisWriteConfig.builder().ttl(Duration.ZERO),
        "ttl must be between 1 ms and 35 million years, got PT0S");
    assertRefused(
        RedisWriteConfig.builder().ttl(Duration.ofDays(36_501)),
        "ttl must be at most PT876000H, got PT876024H");
    assertRefused(RedisWriteConfig.builder().maxInFlight(0), "maxInFlight must be positive, got 0");
    assertRefused(
        RedisWriteConfig.builder().maxInFlight(10).batchSize(11),
        "batchSize must be between 1 and 10, got 11");
    assertRefused(
        RedisWriteConfig.builder().backoff(Duration.ofMillis(2), Duration.ofMillis(1)),
        "maxBackoff must be at least minBackoff (PT0.002S), got PT0.001S");
    assertRefused(
        RedisWriteConfig.builder().maxOutage(RedisWriteConfig.UNLIMITED.plusMillis(1)),
        "maxOutage must be at most PT876000H, got PT876000H0.001S");
  }

  private static void assertRefused(RedisWriteConfig.Builder builder, String message) {
    assertThatIllegalArgumentException().isThrownBy(builder::build).withMessage(message);
  }
}
