/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real server. */
class RedisPublisherTest {
  private static final RedisWriteConfig WRITES =
      RedisWriteConfig.builder()
          .maxInFlight(64)
          .batchSize(16)
          .backoff(Duration.ofMillis(5), Duration.ofMillis(100))
          .build();

  @TempDir Path directory;
  private TestRedis redis;
  private RedisConfig config;

  @BeforeEach
  void start() throws Exception {
    redis = TestRedis.start(directory);
    config = RedisConfig.server(redis.node()).keyPrefix("shop").build();
  }

  @AfterEach
  void stop() throws Exception {
    redis.close();
  }

  @Test
  void olderNeverReplacesNewer() throws Exception {
    try (TestPublisher one = new TestPublisher(config, WRITES);
        TestPublisher other = new TestPublisher(config, WRITES);
        TestReader reader = new TestReader(config)) {
      one.publish("k", 10, "ten");
      one.awaitAll();
      other.publish("k", 9, "nine");
      other.awaitAll();
      assertThat(reader.value("shop:k")).isEqualTo("ten");
      assertThat(other.skippedAsOlder.getCount()).isEqualTo(1);
      assertThat(other.written.getCount()).isZero();

      other.publish("k", 10, "ten again");
      other.awaitAll();
      assertThat(reader.value("shop:k")).isEqualTo("ten again");
      assertThat(reader.version("shop:k")).isEqualTo("10");
    }
  }

  @Test
  void versionsAreComparedExactly() throws Exception {
    long beyondDoubles = 1L << 53;
    try (TestPublisher publisher = new TestPublisher(config, WRITES);
        TestReader reader = new TestReader(config)) {
      for (long version : new long[] {9, 10, beyondDoubles + 1, beyondDoubles, Long.MAX_VALUE}) {
        publisher.publish("k", version, "v" + version);
        publisher.awaitAll();
        long expected = version == beyondDoubles ? beyondDoubles + 1 : version;
        assertThat(reader.value("shop:k")).isEqualTo("v" + expected);
      }
    }
  }

  @Test
  void keysExpire() throws Exception {
    RedisWriteConfig brief = RedisWriteConfig.builder().ttl(Duration.ofMinutes(10)).build();
    try (TestPublisher publisher = new TestPublisher(config, brief);
        TestReader reader = new TestReader(config)) {
      publisher.publish("k", 1, "v");
      publisher.awaitAll();
      assertThat(reader.ttlMillis("shop:k")).isBetween(1L, Duration.ofMinutes(10).toMillis());
    }
  }

  @Test
  void serverThatForgotTheScriptIsTaughtAgain() throws Exception {
    try (TestPublisher publisher = new TestPublisher(config, WRITES);
        TestReader reader = new TestReader(config)) {
      publisher.publish("k", 1, "one");
      publisher.awaitAll();
      reader.forgetScripts();
      publisher.publish("k", 2, "two");
      publisher.awaitAll();
      assertThat(reader.value("shop:k")).isEqualTo("two");
      assertThat(publisher.retried.getCount()).isZero();
    }
  }

  @Test
  void nothingIsMissingWhenTheServerIsKilledUnderLoad() throws Exception {
    int keys = 500;
    int versions = 40;
    try (TestPublisher publisher = new TestPublisher(config, WRITES)) {
      CompletableFuture<Void> load =
          CompletableFuture.runAsync(() -> publishAll(publisher, keys, versions));
      for (int i = 0; i < 3; i++) {
        awaitWritten(publisher, publisher.written.getCount() + 200);
        redis.kill();
        redis.restart();
      }
      load.get(60, TimeUnit.SECONDS);
      try (TestReader reader = new TestReader(config)) {
        for (int key = 0; key < keys; key++) {
          assertThat(reader.value("shop:k" + key)).isEqualTo("v" + (versions - 1));
        }
      }
      assertThat(publisher.retried.getCount()).isPositive();
      assertThat(publisher.written.getCount() + publisher.skippedAsOlder.getCount())
          .isEqualTo((long) keys * versions);
    }
  }

  @Test
  void blocksAtTheBoundWhileRedisIsAway() throws Exception {
    try (TestPublisher publisher = new TestPublisher(config, WRITES)) {
      publisher.publish("before", 1, "v");
      publisher.awaitAll();
      redis.kill();
      CompletableFuture<Void> load =
          CompletableFuture.runAsync(() -> publishAll(publisher, 1_000, 1));
      await(() -> publisher.inFlight() == WRITES.maxInFlight());
      awaitRetried(publisher, publisher.retried.getCount() + 200);
      assertThat(publisher.inFlight()).isEqualTo(WRITES.maxInFlight());
      assertThat(load).isNotDone();
      redis.restart();
      load.get(60, TimeUnit.SECONDS);
      assertThat(publisher.written.getCount()).isEqualTo(1_001);
      assertThat(publisher.inFlight()).isZero();
    }
  }

  @Test
  void waitsForAServerThatIsNotThereYet() throws Exception {
    redis.kill();
    CompletableFuture<TestPublisher> opening =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return new TestPublisher(config, WRITES);
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    redis.restart();
    try (TestPublisher publisher = opening.get(60, TimeUnit.SECONDS)) {
      publisher.publish("k", 1, "v");
      publisher.awaitAll();
      assertThat(publisher.written.getCount()).isEqualTo(1);
    }
  }

  @Test
  void failsAfterTheLongestOutage() throws Exception {
    RedisWriteConfig impatient =
        RedisWriteConfig.builder()
            .backoff(Duration.ofMillis(5), Duration.ofMillis(20))
            .maxOutage(Duration.ofMillis(100))
            .build();
    try (TestPublisher publisher = new TestPublisher(config, impatient)) {
      redis.kill();
      publisher.publish("k", 1, "v");
      assertThatThrownBy(publisher::awaitAll)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("must acknowledge key k within maxOutage (PT0.1S)");
      assertThatThrownBy(() -> publisher.publish("other", 1, "v")).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> new TestPublisher(config, impatient))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(redis.node());
  }

  @Test
  void refusalThatStaysFailsWithTheKeyNamed() throws Exception {
    try (TestPublisher publisher = new TestPublisher(config, WRITES);
        TestReader reader = new TestReader(config)) {
      reader.setPlain("shop:k", "not a hash");
      publisher.publish("k", 1, "v");
      assertThatThrownBy(publisher::awaitAll)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("must accept key k")
          .hasStackTraceContaining("WRONGTYPE");
    }
  }

  @Test
  void serverThatIsFullForNowIsTriedAgain() throws Exception {
    try (TestPublisher publisher = new TestPublisher(config, WRITES);
        TestReader reader = new TestReader(config)) {
      reader.configure("maxmemory", "1");
      publisher.publish("k", 1, "v");
      awaitRetried(publisher, 3);
      reader.configure("maxmemory", "0");
      publisher.awaitAll();
      assertThat(reader.value("shop:k")).isEqualTo("v");
    }
  }

  private static void publishAll(TestPublisher publisher, int keys, int versions) {
    try {
      for (int version = 0; version < versions; version++) {
        for (int key = 0; key < keys; key++) {
          publisher.publish("k" + key, version, "v" + version);
        }
      }
      publisher.awaitAll();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitWritten(TestPublisher publisher, long count) throws Exception {
    await(() -> publisher.written.getCount() >= count);
  }

  private static void awaitRetried(TestPublisher publisher, long count) throws Exception {
    await(() -> publisher.retried.getCount() >= count);
  }

  private static void await(BooleanSupplier condition) throws Exception {
    for (int i = 0; i < 6_000; i++) {
      if (condition.getAsBoolean()) {
        return;
      }
      Thread.sleep(10);
    }
    throw new AssertionError("condition must hold within a minute");
  }
}
