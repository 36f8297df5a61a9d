/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.operators.event.JsonSchema;

/**
 * Keeps the newest {@link RecommendationList} of each user in Redis as JSON, by {@code
 * generatedAtMillis}.
 *
 * <p>Key: {@code <prefix>:recommendations:<userId>}. Lists of anonymous users are refused: nobody
 * could ask for them.
 */
public final class RedisRecommendationSink extends RedisSink<RecommendationList> {
  private static final long serialVersionUID = 1L;

  /**
   * Makes a sink with the defaults of writing.
   *
   * @param config where to write
   */
  public RedisRecommendationSink(RedisConfig config) {
    this(config, RedisWriteConfig.defaults());
  }

  /**
   * Makes a sink.
   *
   * @param config where to write
   * @param writes how to write
   */
  public RedisRecommendationSink(RedisConfig config, RedisWriteConfig writes) {
    super(config, writes, new ListRecord());
  }

  private static final class ListRecord implements RedisRecord<RecommendationList> {
    private static final long serialVersionUID = 1L;

    private final JsonSchema<RecommendationList> json = new JsonSchema<>(RecommendationList.class);

    @Override
    public String key(RecommendationList list) {
      return RedisKeys.recommendations(list.userId());
    }

    @Override
    public long version(RecommendationList list) {
      return list.generatedAtMillis();
    }

    @Override
    public byte[] value(RecommendationList list) {
      return json.serialize(list);
    }
  }
}
