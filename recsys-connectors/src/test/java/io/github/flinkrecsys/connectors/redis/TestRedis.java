/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;

/** A Redis server of its own process that can be killed and started again on its data. */
final class TestRedis implements AutoCloseable {
  private static final File EXECUTABLE = executable();

  private final int port;
  private final RedisServer server;

  private TestRedis(int port, List<String> settings) {
    this.port = port;
    List<String> command = new ArrayList<>(List.of(EXECUTABLE.getAbsolutePath()));
    command.addAll(settings);
    this.server = new RedisServer(port, command, true);
  }

  /** Starts a server that keeps every acknowledged write in a directory. */
  static TestRedis start(Path directory, String... settings) throws IOException {
    return startAt(freePort(), directory, settings);
  }

  /** The same at a port, or at no plain port if the settings name one. */
  static TestRedis startAt(int port, Path directory, String... settings) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--bind",
                "127.0.0.1",
                "--dir",
                directory.toString(),
                "--save",
                "",
                "--appendonly"));
    all.add("yes");
    if (!List.of(settings).contains("--tls-port")) {
      all.addAll(List.of("--port", Integer.toString(port)));
    }
    all.addAll(List.of(settings));
    TestRedis redis = new TestRedis(port, all);
    redis.restart();
    return redis;
  }

  String node() {
    return "127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  /** Ends the process without a chance to tidy up. */
  void kill() throws IOException {
    server.stop();
  }

  void restart() throws IOException {
    awaitFree(port);
    server.start();
  }

  @Override
  public void close() throws IOException {
    if (server.isActive()) {
      server.stop();
    }
  }

  /** A port that is free, and free also 10,000 higher, where a cluster's bus is. */
  static int freePort() throws IOException {
    RandomGenerator random = RandomGenerator.getDefault();
    for (int attempt = 0; attempt < 100; attempt++) {
      int port = random.nextInt(20_000, 30_000);
      if (isFree(port) && isFree(port + 10_000)) {
        return port;
      }
    }
    throw new IOException("no free port between 20000 and 30000");
  }

  // The system may hold the port of a killed process for a moment.
  private static void awaitFree(int port) throws IOException {
    for (int attempt = 0; attempt < 200 && !isFree(port); attempt++) {
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static File executable() {
    try {
      return ExecutableProvider.newJarResourceProvider().get();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
