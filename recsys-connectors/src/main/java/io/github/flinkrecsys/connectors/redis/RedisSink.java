/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import io.github.flinkrecsys.core.util.Checks;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Keeps the newest version of each record in Redis.
 *
 * <p>Delivery is at least once, and writing a record again changes nothing: the server compares
 * versions, so that an older record never replaces a newer one, whoever writes it. A checkpoint
 * waits until everything before it is acknowledged. While Redis is away the sink retries and
 * blocks; it drops nothing. Of several records of one key that wait, the newest is sent.
 *
 * <p>No state. One connection per subtask, or one per subtask and node of a cluster. Metrics:
 * {@value WriteMetrics#WRITTEN}, {@value WriteMetrics#RETRIED}, {@value
 * WriteMetrics#SKIPPED_AS_OLDER}, {@value WriteMetrics#REFUSED}, {@value WriteMetrics#IN_FLIGHT}
 * and {@value WriteMetrics#QUEUED}.
 *
 * @param <T> type of the records
 */
public class RedisSink<T> implements ContextSink<T> {
  private static final long serialVersionUID = 1L;

  private final RedisConfig config;
  private final RedisWriteConfig writes;
  private final RedisRecord<T> record;

  /**
   * Makes a sink.
   *
   * @param config where to write
   * @param writes how to write
   * @param record what to write
   * @throws IllegalArgumentException if one is null
   */
  public RedisSink(RedisConfig config, RedisWriteConfig writes, RedisRecord<T> record) {
    this.config = Checks.notNull("config", config);
    this.writes = Checks.notNull("writes", writes);
    this.record = Checks.notNull("record", record);
  }

  /**
   * Connects, with retries while Redis is away.
   *
   * @param context of the subtask
   * @return the writer
   * @throws IOException if Redis refuses the connection, as for a wrong password, or is away for
   *     longer than {@code maxOutage}
   */
  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
    WriteMetrics metrics = WriteMetrics.in(context.metricGroup());
    try {
      RedisLink link = RedisLink.openPatiently(config, writes);
      RedisPublisher publisher = new RedisPublisher(config, writes, link, metrics);
      WriteMetrics.show(publisher, context.metricGroup());
      return new RedisSinkWriter<>(record, publisher, metrics);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while connecting to " + config.nodes());
    }
  }
}
