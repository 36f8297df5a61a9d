/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Looks into a server as an operator with a command line would. */
final class TestReader implements AutoCloseable {
  private final RedisLink link;

  TestReader(RedisConfig config) throws IOException {
    link = RedisLink.open(config);
  }

  String value(String key) throws Exception {
    return text(fields(key).get("value"));
  }

  String version(String key) throws Exception {
    return text(fields(key).get("version"));
  }

  long ttlMillis(String key) throws Exception {
    return link.commands().pttl(key).get(10, TimeUnit.SECONDS);
  }

  void forgetScripts() throws Exception {
    link.commands().scriptFlush().get(10, TimeUnit.SECONDS);
  }

  void setPlain(String key, String value) throws Exception {
    link.commands().set(key, bytes(value)).get(10, TimeUnit.SECONDS);
  }

  void setField(String key, String value) throws Exception {
    link.commands().hset(key, "value", bytes(value)).get(10, TimeUnit.SECONDS);
  }

  void configure(String parameter, String value) throws Exception {
    link.commands().configSet(parameter, value).get(10, TimeUnit.SECONDS);
  }

  private Map<String, byte[]> fields(String key) throws Exception {
    return link.commands().hgetall(key).get(10, TimeUnit.SECONDS);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    link.close();
  }
}
