/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.connectors.redis.RedisConfig;
import io.github.flinkrecsys.connectors.redis.RedisRecommendationSink;
import io.github.flinkrecsys.connectors.redis.RedisWriteConfig;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

/** What a job has written into a real Redis is served, and a Redis that is away is said to be. */
class RedisServiceTest {
  @Test
  void listsOfAJobAreServed() throws Exception {
    int port = freePort();
    RedisServer redis =
        RedisServer.newRedisServer()
            .port(port)
            .setting("bind 127.0.0.1")
            .setting("save \"\"")
            .build();
    redis.start();
    RedisConfig config =
        RedisConfig.server("127.0.0.1:" + port)
            .keyPrefix("shop")
            .connectTimeout(Duration.ofSeconds(20))
            .commandTimeout(Duration.ofSeconds(10))
            .build();
    try {
      write(config);
      try (RedisService service = RedisService.open("127.0.0.1", 0, config)) {
        HttpProbe http = new HttpProbe(service.url());
        HttpProbe.Answer answer = http.get("/recommendations/u%201?k=1");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().get("items")).hasSize(1);
        assertThat(answer.body().get("items").get(0).get("itemId").asText()).isEqualTo("a");
        assertThat(http.get("/recommendations/u2").status()).isEqualTo(404);
        assertThat(http.get("/health").status()).isEqualTo(200);
        HttpProbe.Answer session =
            http.post("/recommendations", "application/json", "{\"itemIds\":[\"a\"]}");
        assertThat(session.status()).isEqualTo(503);
        assertThat(session.error()).isEqualTo("no job is running here");
        assertThat(http.get("/recommendations/u%201?explain=true").status()).isEqualTo(503);

        redis.stop();
        HttpProbe.Answer away = http.get("/recommendations/u%201");
        assertThat(away.status()).isEqualTo(503);
        assertThat(away.error()).isEqualTo("the store of recommendations cannot be read now");
        assertThat(http.get("/health").status()).isEqualTo(503);
      }
    } finally {
      if (redis.isActive()) {
        redis.stop();
      }
    }
  }

  private static void write(RedisConfig config) throws Exception {
    Configuration configuration = new Configuration();
    configuration.setString("pipeline.generic-types", "false");
    configuration.setString("pipeline.auto-generate-uids", "false");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(1);
    ScoredItem[] items = {
      new ScoredItem("a", 2, "factors", null), new ScoredItem("b", 1, "neighbors", "c")
    };
    env.fromData(
            TypeInformation.of(RecommendationList.class),
            new RecommendationList("u 1", 1234, 0, items))
        .uid("lists")
        .sinkTo(new RedisRecommendationSink(config, RedisWriteConfig.defaults()))
        .uid("redis");
    env.execute();
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
