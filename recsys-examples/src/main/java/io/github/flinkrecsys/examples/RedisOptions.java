/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples;

import io.github.flinkrecsys.connectors.redis.RedisConfig;
import picocli.CommandLine.Option;

/** Where Redis is, as options of a command. The password comes from the environment. */
public final class RedisOptions {
  /** Environment variable that holds the password: a command line can be read by others. */
  public static final String PASSWORD = "REDIS_PASSWORD";

  @Option(names = "--redis", paramLabel = "HOST:PORT", description = "of Redis; default: none")
  private String redis;

  @Option(
      names = "--redis-user",
      paramLabel = "NAME",
      description = "user of its access control list; the password is taken from " + PASSWORD)
  private String user;

  @Option(names = "--redis-tls", description = "connect to it by TLS")
  private boolean tls;

  @Option(
      names = "--key-prefix",
      paramLabel = "TEXT",
      description = "of its keys; default: that of the sink")
  private String keyPrefix;

  /** Makes the options, as picocli requires. */
  public RedisOptions() {}

  /**
   * Gives what was set.
   *
   * @return the config, or null if there is no Redis
   * @throws IllegalArgumentException if an option is out of its range, or useless alone
   */
  public RedisConfig config() {
    return config(System.getenv(PASSWORD));
  }

  RedisConfig config(String password) {
    if (redis == null) {
      if (user != null || tls || keyPrefix != null) {
        throw new IllegalArgumentException("redis must be given with its other options, got null");
      }
      return null;
    }
    RedisConfig.Builder config = RedisConfig.server(redis);
    if (keyPrefix != null) {
      config.keyPrefix(keyPrefix);
    }
    if (password != null) {
      config.credentials(user, password);
    } else if (user != null) {
      throw new IllegalArgumentException(PASSWORD + " must be set for redis-user, got nothing");
    }
    if (tls) {
      config.tls();
    }
    return config.build();
  }
}
