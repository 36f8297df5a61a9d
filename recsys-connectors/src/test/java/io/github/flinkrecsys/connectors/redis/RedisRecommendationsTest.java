/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScorePart;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.operators.event.JsonSchema;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisRecommendationsTest {
  private static final RecommendationList LIST =
      new RecommendationList(
          "u1",
          5,
          0,
          new ScoredItem[] {
            new ScoredItem(
                "i1", 0.5f, "factors", "i9", new ScorePart[] {new ScorePart("factors", 0.5f)}),
            new ScoredItem("i2", 0.25f, "popularity", null)
          });

  @TempDir Path directory;
  private TestRedis redis;
  private RedisConfig config;

  @BeforeEach
  void start() throws Exception {
    redis = TestRedis.start(directory);
    config = RedisConfig.server(redis.node()).commandTimeout(Duration.ofSeconds(2)).build();
  }

  @AfterEach
  void stop() throws Exception {
    redis.close();
  }

  @Test
  void givesWhatWasStored() throws Exception {
    String json =
        new String(
            new JsonSchema<>(RecommendationList.class).serialize(LIST), StandardCharsets.UTF_8);
    try (RedisRecommendations recommendations = RedisRecommendations.open(config);
        TestReader writer = new TestReader(config)) {
      writer.setField("recsys:recommendations:u1", json);
      assertThat(ask(recommendations, "u1")).contains(LIST);
      assertThat(ask(recommendations, "u2")).isEmpty();
    }
  }

  @Test
  void namesTheKeyOfABadValue() throws Exception {
    try (RedisRecommendations recommendations = RedisRecommendations.open(config);
        TestReader writer = new TestReader(config)) {
      writer.setField("recsys:recommendations:u1", "{\"userId\":7}");
      assertThatThrownBy(() -> ask(recommendations, "u1"))
          .hasCauseInstanceOf(MalformedValueException.class)
          .hasMessageContaining("value of key recsys:recommendations:u1 must be a recommendation");
    }
  }

  @Test
  void failsAndDoesNotHangWhileRedisIsAway() throws Exception {
    try (RedisRecommendations recommendations = RedisRecommendations.open(config)) {
      redis.kill();
      assertThatThrownBy(() -> ask(recommendations, "u1"))
          .isInstanceOf(ExecutionException.class)
          .satisfies(
              error ->
                  assertThat(error.getCause())
                      .isInstanceOfAny(RedisException.class, IOException.class));
      redis.restart();
      assertThat(askUntilItReplies(recommendations)).isEmpty();
    }
    redis.kill();
    assertThatThrownBy(() -> RedisRecommendations.open(config))
        .isInstanceOf(IOException.class)
        .hasMessage("Redis at [%s] must accept connections", redis.node());
  }

  @Test
  void asksForNobody() throws Exception {
    try (RedisRecommendations recommendations = RedisRecommendations.open(config)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> recommendations.ofUser(""))
          .withMessage("userId must be non-empty, got ");
    }
  }

  private static Optional<RecommendationList> askUntilItReplies(
      RedisRecommendations recommendations) throws Exception {
    for (int attempt = 0; attempt < 600; attempt++) {
      try {
        return ask(recommendations, "u1");
      } catch (ExecutionException e) {
        Thread.sleep(50);
      }
    }
    throw new AssertionError("the connection must restore itself");
  }

  private static Optional<RecommendationList> ask(
      RedisRecommendations recommendations, String userId) throws Exception {
    return recommendations.ofUser(userId).toCompletableFuture().get(30, TimeUnit.SECONDS);
  }
}
