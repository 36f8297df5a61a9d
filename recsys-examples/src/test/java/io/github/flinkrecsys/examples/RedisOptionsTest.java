/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flinkrecsys.connectors.redis.RedisConfig;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RedisOptionsTest {
  @Test
  void everyOptionReachesTheConfig() {
    assertThat(options().config("secret")).isNull();
    assertThat(options("--redis", "localhost:6379").config(null))
        .isEqualTo(RedisConfig.server("localhost:6379").build());
    assertThat(
            options("--redis", "db:1", "--redis-user", "shop", "--redis-tls", "--key-prefix", "p")
                .config("secret"))
        .isEqualTo(
            RedisConfig.server("db:1").keyPrefix("p").credentials("shop", "secret").tls().build());
  }

  @Test
  void whatIsUselessAloneIsRefused() {
    assertThatThrownBy(() -> options("--redis-tls").config(null))
        .hasMessage("redis must be given with its other options, got null");
    assertThatThrownBy(() -> options("--redis", "db:1", "--redis-user", "shop").config(null))
        .hasMessage("REDIS_PASSWORD must be set for redis-user, got nothing");
  }

  private static RedisOptions options(String... args) {
    return CommandLine.populateCommand(new RedisOptions(), args);
  }
}
