/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import java.io.Serializable;

/**
 * What a record is in Redis: under which key, how new, and which bytes.
 *
 * <p>A record is refused and counted if a method throws a {@link RuntimeException}, gives null, or
 * a negative version.
 *
 * @param <T> type of the records
 */
public interface RedisRecord<T> extends Serializable {
  /**
   * Gives the key.
   *
   * @param record never null
   * @return the key without the prefix of the {@link RedisConfig}
   */
  String key(T record);

  /**
   * Gives the version: a record never replaces one of a higher version under the same key.
   *
   * @param record never null
   * @return at least 0
   */
  long version(T record);

  /**
   * Gives the bytes to store.
   *
   * @param record never null
   * @return the value, not changed afterwards
   */
  byte[] value(T record);
}
