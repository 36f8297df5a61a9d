/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import java.io.IOException;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns records into writes; what is not one is refused. */
final class RedisSinkWriter<T> implements SinkWriter<T> {
  private static final Logger LOG = LoggerFactory.getLogger(RedisSinkWriter.class);

  private final RedisRecord<T> record;
  private final RedisPublisher publisher;
  private final WriteMetrics metrics;

  RedisSinkWriter(RedisRecord<T> record, RedisPublisher publisher, WriteMetrics metrics) {
    this.record = record;
    this.publisher = publisher;
    this.metrics = metrics;
  }

  @Override
  public void write(T element, Context context) throws IOException, InterruptedException {
    PendingWrite write = mapped(element);
    if (write != null) {
      publisher.publish(write);
    }
  }

  private PendingWrite mapped(T element) {
    try {
      String key = record.key(element);
      long version = record.version(element);
      byte[] value = record.value(element);
      if (key != null && version >= 0 && value != null) {
        return new PendingWrite(key, version, value);
      }
      refuse("key " + key + ", version " + version, null);
    } catch (RuntimeException e) {
      refuse("no key, version or value", e);
    }
    return null;
  }

  // A sink has no side output, so one line must do; more of them would flood the log.
  private void refuse(String reason, RuntimeException cause) {
    metrics.refused().inc();
    if (metrics.refused().getCount() == 1) {
      LOG.warn("First record refused: {}. The counter 'refused' counts the others.", reason, cause);
    }
  }

  @Override
  public void flush(boolean endOfInput) throws IOException, InterruptedException {
    publisher.awaitAll();
  }

  @Override
  public void close() {
    publisher.close();
  }
}
