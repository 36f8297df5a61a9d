/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords and TLS, against real servers. */
class RedisAccessTest {
  private static final RedisWriteConfig WRITES = RedisWriteConfig.defaults();

  @TempDir Path directory;

  @Test
  void writesWithThePasswordOnly() throws Exception {
    try (TestRedis redis = TestRedis.start(directory, "--requirepass", "right-password")) {
      assertWrites(RedisConfig.server(redis.node()).password("right-password").build());
      assertRefused(RedisConfig.server(redis.node()).password("wrong-password").build(), "WRONG");
      assertRefused(RedisConfig.server(redis.node()).build(), "NOAUTH");
      assertRefused(
          RedisConfig.cluster(List.of(redis.node())).password("wrong-password").build(), "WRONG");
    }
  }

  @Test
  void writesAsAUserOfAnAccessControlList() throws Exception {
    String[] settings =
        "--user default off --user writer on >right-password ~recsys:* +@all -@dangerous"
            .split(" ");
    try (TestRedis redis = TestRedis.start(directory, settings)) {
      assertWrites(
          RedisConfig.server(redis.node()).credentials("writer", "right-password").build());
      assertRefused(
          RedisConfig.server(redis.node()).credentials("writer", "wrong-password").build(),
          "WRONGPASS");
      RedisConfig elsewhere =
          RedisConfig.server(redis.node())
              .credentials("writer", "right-password")
              .keyPrefix("other")
              .build();
      try (TestPublisher publisher = new TestPublisher(elsewhere, WRITES)) {
        publisher.publish("k", 1, "v");
        assertThatThrownBy(publisher::awaitAll)
            .isInstanceOf(IOException.class)
            .hasStackTraceContaining("NOPERM")
            .satisfies(RedisAccessTest::assertNoPassword);
      }
    }
  }

  @Test
  void writesByTlsToAServerItTrusts() throws Exception {
    TestCertificate trusted = TestCertificate.create(directory, "trusted");
    TestCertificate other = TestCertificate.create(directory, "other");
    int port = TestRedis.freePort();
    try (TestRedis redis =
        TestRedis.startAt(
            port,
            directory,
            "--port",
            "0",
            "--tls-port",
            Integer.toString(port),
            "--tls-cert-file",
            trusted.certificate().toString(),
            "--tls-key-file",
            trusted.key().toString(),
            "--tls-ca-cert-file",
            trusted.certificate().toString(),
            "--tls-auth-clients",
            "no")) {
      assertWrites(RedisConfig.server(redis.node()).tls(trusted.certificate().toString()).build());
      assertRefused(
          RedisConfig.server(redis.node()).tls(other.certificate().toString()).build(),
          "SSLHandshakeException");
      assertRefused(RedisConfig.server(redis.node()).tls().build(), "SSLHandshakeException");
      assertRefused(
          RedisConfig.server("localhost:" + redis.port())
              .tls(trusted.certificate().toString())
              .build(),
          "SSLHandshakeException");
    }
  }

  private static void assertWrites(RedisConfig config) throws Exception {
    try (TestPublisher publisher = new TestPublisher(config, WRITES);
        TestReader reader = new TestReader(config)) {
      publisher.publish("k", 1, "v");
      publisher.awaitAll();
      assertThat(reader.value("recsys:k")).isEqualTo("v");
    }
  }

  private static void assertRefused(RedisConfig config, String reason) {
    assertThatThrownBy(() -> new TestPublisher(config, WRITES).close())
        .isInstanceOf(IOException.class)
        .hasMessage("Redis at %s must accept connections", config.nodes())
        .hasStackTraceContaining(reason)
        .satisfies(RedisAccessTest::assertNoPassword);
  }

  private static void assertNoPassword(Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    assertThat(text.toString()).doesNotContain("wrong-password", "right-password");
  }
}
