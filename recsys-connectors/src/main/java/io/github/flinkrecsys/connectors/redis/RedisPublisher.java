/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.connectors.redis;

import io.lettuce.core.RedisNoScriptException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends writes to Redis, many at a time, until each is acknowledged.
 *
 * <p>One thread publishes and waits; the client's threads acknowledge, retry and send what became
 * due. The monitor guards all of it, but nothing is sent while it is held, because a command that
 * is refused calls back at once.
 */
final class RedisPublisher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisPublisher.class);
  private static final long LOG_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final RedisConfig config;
  private final RedisWriteConfig writes;
  private final RedisLink link;
  private final WriteMetrics metrics;
  private final NewestWinsScript script;
  private final PendingWrites pending;
  private IOException failure;
  private boolean closed;
  private long lastLogNanos = System.nanoTime() - LOG_INTERVAL_NANOS;

  RedisPublisher(
      RedisConfig config, RedisWriteConfig writes, RedisLink link, WriteMetrics metrics) {
    this.config = config;
    this.writes = writes;
    this.link = link;
    this.metrics = metrics;
    this.script = new NewestWinsScript(writes.ttl());
    this.pending = new PendingWrites(writes.batchSize());
    link.flushByHand();
  }

  /** Accepts a write; blocks while as many as allowed are not acknowledged. */
  void publish(PendingWrite write) throws IOException, InterruptedException {
    synchronized (this) {
      throwFailure();
      while (pending.size() >= writes.maxInFlight() && !pending.waits(write.key())) {
        wait();
        throwFailure();
      }
      if (pending.offer(write)) {
        metrics.skippedAsOlder().inc();
      }
    }
    sendDue();
  }

  /** Blocks until every write is acknowledged. */
  synchronized void awaitAll() throws IOException, InterruptedException {
    throwFailure();
    while (pending.size() > 0) {
      wait();
      throwFailure();
    }
  }

  /** Number of writes that are not acknowledged. */
  synchronized int inFlight() {
    return pending.size();
  }

  /** Number of these that are not sent. */
  synchronized int queued() {
    return pending.waiting();
  }

  private void throwFailure() throws IOException {
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure.getCause());
    }
  }

  private void sendDue() {
    for (List<PendingWrite> batch = takeBatch(); !batch.isEmpty(); batch = takeBatch()) {
      batch.forEach(this::send);
      link.flush();
    }
  }

  private synchronized List<PendingWrite> takeBatch() {
    return closed || failure != null ? List.of() : pending.takeBatch(System.nanoTime());
  }

  private void send(PendingWrite write) {
    String key = RedisKeys.prefixed(config, write.key());
    issue(write, () -> script.run(link.commands(), key, write));
  }

  private void sendWithText(PendingWrite write) {
    String key = RedisKeys.prefixed(config, write.key());
    issue(write, () -> script.runWithText(link.commands(), key, write));
    link.flush();
  }

  private void issue(PendingWrite write, Supplier<CompletionStage<Long>> command) {
    CompletionStage<Long> reply;
    try {
      reply = command.get();
    } catch (RuntimeException e) {
      completed(write, null, e);
      return;
    }
    reply.whenComplete((written, error) -> completed(write, written, error));
  }

  private void completed(PendingWrite write, Long written, Throwable error) {
    if (error instanceof RedisNoScriptException) {
      sendWithText(write);
      return;
    }
    synchronized (this) {
      if (closed) {
        return;
      }
      if (error == null) {
        pending.acknowledge(write);
        (written == 1 ? metrics.written() : metrics.skippedAsOlder()).inc();
      } else {
        failed(write, error);
      }
      notifyAll();
    }
    sendDue();
  }

  private void failed(PendingWrite write, Throwable error) {
    Duration wait = writes.backoff(write.failures());
    long now = System.nanoTime();
    write.failed(now, wait.toNanos());
    Duration failing = Duration.ofNanos(write.failingForNanos(now));
    if (!RedisErrors.mayPass(error)) {
      fail("Redis at " + config.nodes() + " must accept key " + write.key(), error);
    } else if (failing.compareTo(writes.maxOutage()) > 0) {
      fail(
          "Redis at %s must acknowledge key %s within maxOutage (%s), failed %d times in %s"
              .formatted(
                  config.nodes(), write.key(), writes.maxOutage(), write.failures(), failing),
          error);
    } else {
      retryLater(write, wait);
      logNowAndThen(write, error, now);
    }
  }

  private void retryLater(PendingWrite write, Duration wait) {
    metrics.retried().inc();
    if (pending.putBack(write)) {
      metrics.skippedAsOlder().inc();
    }
    link.scheduler().schedule(this::sendDue, wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void logNowAndThen(PendingWrite write, Throwable error, long now) {
    if (now - lastLogNanos >= LOG_INTERVAL_NANOS) {
      lastLogNanos = now;
      LOG.warn(
          "Redis at {} does not acknowledge; {} writes wait, key {} failed {} times: {}",
          config.nodes(),
          pending.size(),
          write.key(),
          write.failures(),
          error.toString());
    }
  }

  private void fail(String message, Throwable error) {
    if (failure == null) {
      failure = new IOException(message, error);
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    link.close();
  }
}
