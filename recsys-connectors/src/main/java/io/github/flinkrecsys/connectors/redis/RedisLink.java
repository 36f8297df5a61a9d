/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to a server or a cluster that restores itself. While it is down, commands to a
 * server fail at once, and those to a cluster after the timeout of the config.
 */
final class RedisLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
  private static final int THREADS = 2;
  private static final Duration MIN_RECONNECT = Duration.ofMillis(10);
  private static final Duration MAX_RECONNECT = Duration.ofSeconds(5);
  private static final int MAX_QUEUED = 10_000;
  private static final Duration SHUTDOWN = Duration.ofSeconds(2);

  private final ClientResources resources;
  private AbstractRedisClient client;
  private StatefulConnection<String, byte[]> connection;
  private RedisClusterAsyncCommands<String, byte[]> commands;

  private RedisLink() {
    resources =
        ClientResources.builder()
            .ioThreadPoolSize(THREADS)
            .computationThreadPoolSize(THREADS)
            .reconnectDelay(
                Delay.exponential(
                    MIN_RECONNECT.toMillis(), MAX_RECONNECT.toMillis(), TimeUnit.MILLISECONDS, 2))
            .build();
  }

  /** Tries once. */
  static RedisLink open(RedisConfig config) throws IOException {
    RedisLink link = new RedisLink();
    try {
      link.connect(config);
      return link;
    } catch (RuntimeException e) {
      link.close();
      throw new IOException("Redis at " + config.nodes() + " must accept connections", e);
    }
  }

  /** Tries again while Redis is away. */
  static RedisLink openPatiently(RedisConfig config, RedisWriteConfig writes)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    for (int attempt = 0; ; attempt++) {
      try {
        return open(config);
      } catch (IOException e) {
        Duration away = Duration.ofNanos(System.nanoTime() - start);
        if (!RedisErrors.mayPass(e) || away.compareTo(writes.maxOutage()) > 0) {
          throw e;
        }
        Duration wait = writes.backoff(attempt);
        LOG.warn("{}; next attempt in {} ms", e.getMessage(), wait.toMillis());
        Thread.sleep(wait.toMillis());
      }
    }
  }

  private void connect(RedisConfig config) {
    List<RedisURI> uris = config.nodes().stream().map(node -> uri(config, node)).toList();
    if (config.cluster()) {
      RedisClusterClient cluster = RedisClusterClient.create(resources, uris);
      client = cluster;
      cluster.setOptions(clusterOptions(config));
      StatefulRedisClusterConnection<String, byte[]> opened = cluster.connect(CODEC);
      connection = opened;
      commands = opened.async();
    } else {
      RedisClient server = RedisClient.create(resources, uris.get(0));
      client = server;
      server.setOptions(
          options(config, ClientOptions.builder())
              .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
              .build());
      StatefulRedisConnection<String, byte[]> opened = server.connect(CODEC);
      connection = opened;
      commands = opened.async();
    }
  }

  private static RedisURI uri(RedisConfig config, String node) {
    RedisNode parsed = RedisNode.parse(node);
    RedisURI.Builder uri =
        RedisURI.builder()
            .withHost(parsed.host())
            .withPort(parsed.port())
            .withDatabase(config.database())
            .withSsl(config.tls())
            .withTimeout(config.commandTimeout());
    if (config.username() != null) {
      uri.withAuthentication(config.username(), config.password().toCharArray());
    } else if (config.password() != null) {
      uri.withPassword(config.password().toCharArray());
    }
    return uri.build();
  }

  // The client opens the connection to a node with the first command for it, and would refuse that
  // command if it had to refuse while disconnected. So it queues, up to a bound.
  private static ClusterClientOptions clusterOptions(RedisConfig config) {
    ClusterClientOptions.Builder options = ClusterClientOptions.builder();
    options(config, options);
    return options
        .requestQueueSize(MAX_QUEUED)
        .topologyRefreshOptions(
            ClusterTopologyRefreshOptions.builder().enablePeriodicRefresh().build())
        .build();
  }

  private static ClientOptions.Builder options(RedisConfig config, ClientOptions.Builder options) {
    if (config.caCertificate() != null) {
      options.sslOptions(
          SslOptions.builder().trustManager(new File(config.caCertificate())).build());
    }
    return options
        .socketOptions(SocketOptions.builder().connectTimeout(config.connectTimeout()).build())
        .timeoutOptions(TimeoutOptions.enabled(config.commandTimeout()));
  }

  RedisClusterAsyncCommands<String, byte[]> commands() {
    return commands;
  }

  /** From now on commands travel when {@link #flush} is called. */
  void flushByHand() {
    connection.setAutoFlushCommands(false);
  }

  void flush() {
    connection.flushCommands();
  }

  ScheduledExecutorService scheduler() {
    return resources.eventExecutorGroup();
  }

  @Override
  public void close() {
    if (client != null) {
      client.shutdown(Duration.ZERO, SHUTDOWN);
    }
    resources.shutdown(0, SHUTDOWN.toMillis(), TimeUnit.MILLISECONDS).awaitUninterruptibly();
  }
}
