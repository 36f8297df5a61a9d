/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real cluster of three masters. */
class RedisClusterTest {
  private static final int NODES = 3;
  private static final int SLOTS = 16_384;
  private static final RedisWriteConfig WRITES =
      RedisWriteConfig.builder()
          .maxInFlight(64)
          .batchSize(16)
          .backoff(Duration.ofMillis(10), Duration.ofMillis(200))
          .build();

  @TempDir Path directory;
  private final List<TestRedis> nodes = new ArrayList<>();
  private RedisConfig config;

  @BeforeEach
  void start() throws Exception {
    for (int i = 0; i < NODES; i++) {
      Path ofNode = Files.createDirectory(directory.resolve("node" + i));
      nodes.add(
          TestRedis.start(ofNode, "--cluster-enabled", "yes", "--cluster-node-timeout", "2000"));
    }
    for (int i = 0; i < NODES; i++) {
      join(i);
    }
    for (TestRedis node : nodes) {
      awaitWholeCluster(node);
    }
    config = RedisConfig.cluster(List.of(nodes.get(0).node())).build();
  }

  @AfterEach
  void stop() throws Exception {
    for (TestRedis node : nodes) {
      node.close();
    }
  }

  @Test
  void nothingIsMissingWhenANodeIsKilledUnderLoad() throws Exception {
    int keys = 300;
    int versions = 30;
    try (TestPublisher publisher = new TestPublisher(config, WRITES)) {
      CompletableFuture<Void> load =
          CompletableFuture.runAsync(() -> publishAll(publisher, keys, versions));
      while (publisher.written.getCount() < 200) {
        Thread.sleep(5);
      }
      nodes.get(1).kill();
      assertThat(load).isNotDone();
      nodes.get(1).restart();
      load.get(120, TimeUnit.SECONDS);
      try (TestReader reader = new TestReader(config)) {
        for (int key = 0; key < keys; key++) {
          assertThat(reader.value("recsys:k" + key)).isEqualTo("v" + (versions - 1));
        }
      }
      assertThat(publisher.written.getCount() + publisher.skippedAsOlder.getCount())
          .isEqualTo((long) keys * versions);
    }
  }

  @Test
  void olderNeverReplacesNewerOnAnyNode() throws Exception {
    try (TestPublisher publisher = new TestPublisher(config, WRITES);
        TestPublisher late = new TestPublisher(config, WRITES)) {
      publishAll(publisher, 50, 2);
      publishAll(late, 50, 1);
      assertThat(late.skippedAsOlder.getCount()).isEqualTo(50);
      assertThat(late.written.getCount()).isZero();
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

  private void join(int index) throws Exception {
    try (RedisLink link = RedisLink.open(RedisConfig.server(nodes.get(index).node()).build())) {
      int from = SLOTS * index / NODES;
      int to = SLOTS * (index + 1) / NODES;
      int[] slots = IntStream.range(from, to).toArray();
      RedisClusterAsyncCommands<String, byte[]> commands = link.commands();
      commands.clusterAddSlots(slots).get(10, TimeUnit.SECONDS);
      commands.clusterSetConfigEpoch(index + 1).get(10, TimeUnit.SECONDS);
      commands.clusterMeet("127.0.0.1", nodes.get(0).port()).get(10, TimeUnit.SECONDS);
    }
  }

  private static void awaitWholeCluster(TestRedis node) throws Exception {
    try (RedisLink link = RedisLink.open(RedisConfig.server(node.node()).build())) {
      for (int attempt = 0; attempt < 600; attempt++) {
        String info = link.commands().clusterInfo().get(10, TimeUnit.SECONDS);
        if (info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + NODES)) {
          return;
        }
        Thread.sleep(50);
      }
      throw new AssertionError("the cluster must form");
    }
  }
}
