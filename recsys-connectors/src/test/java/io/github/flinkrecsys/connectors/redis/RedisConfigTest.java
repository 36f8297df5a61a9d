/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class RedisConfigTest {
  @Test
  void hasDefaults() {
    assertThat(RedisConfig.server("localhost:6379").build())
        .isEqualTo(
            new RedisConfig(
                "recsys",
                List.of("localhost:6379"),
                false,
                0,
                null,
                null,
                false,
                null,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5)));
  }

  @Test
  void builderSetsEveryValue() {
    RedisConfig config =
        RedisConfig.server("[::1]:1")
            .keyPrefix("shop")
            .database(2)
            .credentials("writer", "secret")
            .tls("/ca.pem")
            .connectTimeout(Duration.ofMillis(3))
            .commandTimeout(Duration.ofMillis(4))
            .build();
    assertThat(config)
        .isEqualTo(
            new RedisConfig(
                "shop",
                List.of("[::1]:1"),
                false,
                2,
                "writer",
                "secret",
                true,
                "/ca.pem",
                Duration.ofMillis(3),
                Duration.ofMillis(4)));
  }

  @Test
  void textSaysAllButThePassword() {
    RedisConfig config =
        RedisConfig.cluster(List.of("a:1", "b:2")).credentials("writer", "secret").tls().build();
    assertThat(config)
        .hasToString("RedisConfig[recsys at a:1, b:2, cluster, user writer, with password, tls]");
    assertThat(RedisConfig.server("a:1").database(3).build())
        .hasToString("RedisConfig[recsys at a:1, database 3]");
  }

  @Test
  void travelsToTaskManagers() throws Exception {
    RedisConfig config =
        RedisConfig.cluster(List.of("a:1", "b:2")).credentials("writer", "secret").build();
    assertThat(InstantiationUtil.clone(config)).isEqualTo(config);
    RedisSink<?> sink = InstantiationUtil.clone(new RedisRecommendationSink(config));
    assertThat(sink).isInstanceOf(RedisRecommendationSink.class);
  }

  @Test
  void refusesWhatCannotWork() {
    assertRefused(
        RedisConfig.server("a:1").keyPrefix(" "), "keyPrefix must be a non-blank string, got  ");
    assertRefused(
        RedisConfig.server("a:1").keyPrefix("{x}"), "keyPrefix must be without braces, got {x}");
    assertRefused(RedisConfig.server(null), "nodes must be given, got null");
    assertRefused(RedisConfig.cluster(List.of()), "nodes must be one or more, got []");
    assertRefused(RedisConfig.server("a:1").database(-1), "database must be non-negative, got -1");
    assertRefused(
        RedisConfig.cluster(List.of("a:1")).database(1), "database must be 0 in a cluster, got 1");
    assertRefused(
        RedisConfig.server("a:1").credentials("writer", null),
        "username must be a non-blank string beside a password, got writer");
    assertRefused(
        RedisConfig.server("a:1").password(""), "password must be non-empty, got nothing");
    assertRefused(
        RedisConfig.server("a:1").connectTimeout(null),
        "connectTimeout must be a duration, got null");
    assertRefused(
        RedisConfig.server("a:1").commandTimeout(Duration.ZERO),
        "commandTimeout must be between 1 ms and 35 million years, got PT0S");
  }

  @Test
  void refusesNodesOfAnotherFormAndDoesNotShowThem() {
    String[] nodes = {
      "",
      "a",
      "a:",
      ":1",
      "a:0",
      "a:65536",
      "a:x",
      "a:-1",
      "::1:6379",
      "[]:1",
      "secret@a:1",
      "redis://:secret@a:1"
    };
    for (String node : nodes) {
      assertRefused(RedisConfig.server(node), "node must be host:port, got something else");
    }
    assertThat(RedisNode.parse("[::1]:65535")).isEqualTo(new RedisNode("::1", 65_535));
    assertThat(RedisNode.parse("redis.shop:1")).isEqualTo(new RedisNode("redis.shop", 1));
  }

  private static void assertRefused(RedisConfig.Builder builder, String message) {
    assertThatIllegalArgumentException().isThrownBy(builder::build).withMessage(message);
  }
}
