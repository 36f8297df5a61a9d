/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import io.github.flinkrecsys.operators.event.JsonSchema;
import io.github.flinkrecsys.operators.factorization.ItemFactor;

/**
 * Keeps the newest {@link ItemFactor} of each item in Redis as JSON, by {@code updates}.
 *
 * <p>Key: {@code <prefix>:item-factors:<itemId>}. A job that learns from nothing again counts its
 * updates from 0 and needs another prefix.
 */
public final class RedisItemFactorSink extends RedisSink<ItemFactor> {
  private static final long serialVersionUID = 1L;

  /**
   * Makes a sink with the defaults of writing.
   *
   * @param config where to write
   */
  public RedisItemFactorSink(RedisConfig config) {
    this(config, RedisWriteConfig.defaults());
  }

  /**
   * Makes a sink.
   *
   * @param config where to write
   * @param writes how to write
   */
  public RedisItemFactorSink(RedisConfig config, RedisWriteConfig writes) {
    super(config, writes, new FactorRecord());
  }

  private static final class FactorRecord implements RedisRecord<ItemFactor> {
    private static final long serialVersionUID = 1L;

    private final JsonSchema<ItemFactor> json = new JsonSchema<>(ItemFactor.class);

    @Override
    public String key(ItemFactor item) {
      return RedisKeys.itemFactor(item.itemId());
    }

    @Override
    public long version(ItemFactor item) {
      return item.updates();
    }

    @Override
    public byte[] value(ItemFactor item) {
      return json.serialize(item);
    }
  }
}
