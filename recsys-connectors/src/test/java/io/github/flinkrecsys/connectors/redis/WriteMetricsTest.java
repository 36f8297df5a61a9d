/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteMetricsTest {
  private static final Pattern ROW =
      Pattern.compile("\\| `RedisSink` \\| `([A-Za-z]+)` \\| ([a-z]+) \\|.*");

  @TempDir Path directory;

  @Test
  void metricsAreThoseOfTheTableAndShowWhatWaits() throws Exception {
    try (TestRedis redis = TestRedis.start(directory)) {
      RedisConfig config = RedisConfig.server(redis.node()).build();
      RedisWriteConfig writes =
          RedisWriteConfig.builder()
              .backoff(Duration.ofMillis(10), Duration.ofMillis(20))
              .maxInFlight(10)
              .batchSize(10)
              .build();
      Recording group = new Recording();
      WriteMetrics metrics = WriteMetrics.in(group);
      RedisLink link = RedisLink.openPatiently(config, writes);
      try (RedisPublisher publisher = new RedisPublisher(config, writes, link, metrics)) {
        WriteMetrics.show(publisher, group);
        assertThat(group.kinds).isEqualTo(documented());
        redis.kill();
        for (int i = 0; i < 5; i++) {
          publisher.publish(new PendingWrite("k" + i, 1, new byte[] {1}));
        }
        assertThat(group.gauge(WriteMetrics.IN_FLIGHT)).isEqualTo(5);
        assertThat(group.gauge(WriteMetrics.QUEUED)).isBetween(0, 5);
        redis.restart();
        publisher.awaitAll();
        assertThat(metrics.written().getCount()).isEqualTo(5);
        assertThat(metrics.retried().getCount()).isPositive();
        assertThat(group.gauge(WriteMetrics.IN_FLIGHT)).isZero();
        assertThat(group.gauge(WriteMetrics.QUEUED)).isZero();
      }
    }
  }

  private static Map<String, String> documented() throws Exception {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(root.resolve("docs/metrics.md"))) {
      root = root.getParent();
    }
    Map<String, String> kinds = new TreeMap<>();
    for (String line : Files.readAllLines(root.resolve("docs/metrics.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        kinds.put(row.group(1), row.group(2));
      }
    }
    return kinds;
  }

  /** Remembers what is registered. */
  private static final class Recording extends UnregisteredMetricsGroup {
    private final Map<String, String> kinds = new TreeMap<>();
    private final Map<String, Gauge<?>> gauges = new HashMap<>();

    @Override
    public Counter counter(String name) {
      kinds.put(name, "counter");
      return super.counter(name);
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
      kinds.put(name, "gauge");
      gauges.put(name, gauge);
      return gauge;
    }

    private int gauge(String name) {
      return (Integer) gauges.get(name).getValue();
    }
  }
}
