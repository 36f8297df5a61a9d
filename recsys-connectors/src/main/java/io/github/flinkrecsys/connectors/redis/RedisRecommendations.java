/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.event.JsonSchema;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Reads what {@link RedisRecommendationSink} has written. Safe for threads: one instance serves a
 * whole process over one connection, which restores itself.
 */
public final class RedisRecommendations implements AutoCloseable {
  private final RedisConfig config;
  private final RedisLink link;
  private final JsonSchema<RecommendationList> json = new JsonSchema<>(RecommendationList.class);

  private RedisRecommendations(RedisConfig config, RedisLink link) {
    this.config = config;
    this.link = link;
  }

  /**
   * Connects. Blocks, at most for the timeouts of the config.
   *
   * @param config that of the sink
   * @return a reader; to be closed
   * @throws IOException if Redis is away or refuses the connection
   */
  public static RedisRecommendations open(RedisConfig config) throws IOException {
    return new RedisRecommendations(config, RedisLink.open(Checks.notNull("config", config)));
  }

  /**
   * Asks for the newest list of a user. Does not block: one round trip.
   *
   * @param userId of whom
   * @return the list, or nothing if there is none or it has expired. Fails with a {@link
   *     MalformedValueException} if something else is stored there, and with an {@link IOException}
   *     or a {@code RedisException} of the client if Redis is away or does not reply within {@code
   *     commandTimeout}
   * @throws IllegalArgumentException if the id is null or empty
   */
  public CompletionStage<Optional<RecommendationList>> ofUser(String userId) {
    Checks.require(userId != null && !userId.isEmpty(), "userId", "non-empty", userId);
    String key = RedisKeys.prefixed(config, RedisKeys.recommendations(userId));
    return link.commands()
        .hget(key, RedisKeys.VALUE_FIELD)
        .thenApply(value -> Optional.ofNullable(parsed(key, value)));
  }

  private RecommendationList parsed(String key, byte[] value) {
    try {
      return json.deserialize(value);
    } catch (IOException e) {
      throw new MalformedValueException(key, "a recommendation list", e);
    }
  }

  /** Ends the connection; what is not answered yet fails. */
  @Override
  public void close() {
    link.close();
  }
}
