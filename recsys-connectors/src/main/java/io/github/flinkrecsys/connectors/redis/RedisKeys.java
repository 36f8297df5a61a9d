/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import java.nio.charset.StandardCharsets;

/** Names of keys, and of the fields under them; documented in docs/formats.md. */
final class RedisKeys {
  /** Field with the decimal version. */
  static final String VERSION_FIELD = "version";

  /** Field with the bytes of the record. */
  static final String VALUE_FIELD = "value";

  private RedisKeys() {}

  static String prefixed(RedisConfig config, String key) {
    return config.keyPrefix() + ":" + key;
  }

  /** Null for the anonymous user, who has no key. */
  static String recommendations(String userId) {
    return named("recommendations", userId);
  }

  static String itemFactor(String itemId) {
    return named("item-factors", itemId);
  }

  static String itemNeighbors(String itemId) {
    return named("item-neighbors", itemId);
  }

  private static String named(String kind, String id) {
    return id == null || id.isEmpty() ? null : kind + ":" + id;
  }

  static byte[] ascii(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }
}
