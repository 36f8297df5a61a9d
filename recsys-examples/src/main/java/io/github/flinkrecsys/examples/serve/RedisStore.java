/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

import io.github.flinkrecsys.connectors.redis.RedisConfig;
import io.github.flinkrecsys.connectors.redis.RedisRecommendations;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The lists that a job's Redis sink has written. */
final class RedisStore implements RecommendationStore, AutoCloseable {
  private final RedisRecommendations reader;
  private final long timeoutMillis;

  private RedisStore(RedisRecommendations reader, long timeoutMillis) {
    this.reader = reader;
    this.timeoutMillis = timeoutMillis;
  }

  static RedisStore open(RedisConfig config) throws IOException {
    return new RedisStore(
        RedisRecommendations.open(config), config.commandTimeout().toMillis() + 100);
  }

  @Override
  public Optional<RecommendationList> get(String userId) throws Exception {
    return reader.ofUser(userId).toCompletableFuture().get(timeoutMillis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    reader.close();
  }
}
