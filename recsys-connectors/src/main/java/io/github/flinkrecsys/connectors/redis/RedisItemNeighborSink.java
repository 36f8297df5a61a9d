/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import io.github.flinkrecsys.core.neighbor.SimilarItems;
import io.github.flinkrecsys.operators.event.JsonSchema;

/**
 * Keeps the newest {@link SimilarItems} of each item in Redis as JSON, by {@code timestampMillis}.
 *
 * <p>Key: {@code <prefix>:item-neighbors:<itemId>}. The time is that of the newest interaction
 * which the list has taken up, so a late one does not set it back: the list that it caused has the
 * version of the list before, and replaces it.
 */
public final class RedisItemNeighborSink extends RedisSink<SimilarItems> {
  private static final long serialVersionUID = 1L;

  /**
   * Makes a sink with the defaults of writing.
   *
   * @param config where to write
   */
  public RedisItemNeighborSink(RedisConfig config) {
    this(config, RedisWriteConfig.defaults());
  }

  /**
   * Makes a sink.
   *
   * @param config where to write
   * @param writes how to write
   */
  public RedisItemNeighborSink(RedisConfig config, RedisWriteConfig writes) {
    super(config, writes, new NeighborRecord());
  }

  private static final class NeighborRecord implements RedisRecord<SimilarItems> {
    private static final long serialVersionUID = 1L;

    private final JsonSchema<SimilarItems> json = new JsonSchema<>(SimilarItems.class);

    @Override
    public String key(SimilarItems item) {
      return RedisKeys.itemNeighbors(item.itemId());
    }

    @Override
    public long version(SimilarItems item) {
      return item.timestampMillis();
    }

    @Override
    public byte[] value(SimilarItems item) {
      return json.serialize(item);
    }
  }
}
