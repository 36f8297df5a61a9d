/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

/**
 * A record on its way to Redis, and how often it has failed. Times are of {@link System#nanoTime}.
 */
final class PendingWrite {
  private final String key;
  private final long version;
  private final byte[] value;
  private int failures;
  private long failingSinceNanos;
  private long retryAtNanos;

  PendingWrite(String key, long version, byte[] value) {
    this.key = key;
    this.version = version;
    this.value = value;
  }

  String key() {
    return key;
  }

  long version() {
    return version;
  }

  byte[] value() {
    return value;
  }

  int failures() {
    return failures;
  }

  /** For how long it has failed. */
  long failingForNanos(long nowNanos) {
    return failures == 0 ? 0 : nowNanos - failingSinceNanos;
  }

  boolean mayBeSent(long nowNanos) {
    return failures == 0 || nowNanos - retryAtNanos >= 0;
  }

  /** Takes note of a failure and of when to try again. */
  void failed(long nowNanos, long backoffNanos) {
    if (failures == 0) {
      failingSinceNanos = nowNanos;
    }
    failures++;
    retryAtNanos = nowNanos + backoffNanos;
  }

  /** Goes on where another write of the same key stands. */
  void inheritFailures(PendingWrite other) {
    failures = other.failures;
    failingSinceNanos = other.failingSinceNanos;
    retryAtNanos = other.retryAtNanos;
  }
}
