/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;

/** A publisher with its counters. */
final class TestPublisher implements AutoCloseable {
  final Counter written = new SimpleCounter();
  final Counter retried = new SimpleCounter();
  final Counter skippedAsOlder = new SimpleCounter();
  private final RedisPublisher publisher;

  TestPublisher(RedisConfig config, RedisWriteConfig writes)
      throws IOException, InterruptedException {
    publisher =
        new RedisPublisher(
            config,
            writes,
            RedisLink.openPatiently(config, writes),
            new WriteMetrics(written, retried, skippedAsOlder, new SimpleCounter()));
  }

  void publish(String key, long version, String value) throws IOException, InterruptedException {
    publisher.publish(new PendingWrite(key, version, value.getBytes(StandardCharsets.UTF_8)));
  }

  void awaitAll() throws IOException, InterruptedException {
    publisher.awaitAll();
  }

  int inFlight() {
    return publisher.inFlight();
  }

  @Override
  public void close() {
    publisher.close();
  }
}
