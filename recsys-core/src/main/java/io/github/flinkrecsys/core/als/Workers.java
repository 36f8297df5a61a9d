/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.als;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** A fixed number of threads that share out numbered tasks; which thread gets which is open. */
final class Workers implements AutoCloseable {
  private final int threads;
  private final ExecutorService pool;

  /** A task, and which of the workers does it: nobody else has that number meanwhile. */
  @FunctionalInterface
  interface Task {
    void run(int worker, int task);
  }

  Workers(int threads) {
    this.threads = threads;
    AtomicInteger started = new AtomicInteger();
    pool =
        Executors.newFixedThreadPool(
            threads,
            work -> {
              Thread thread = new Thread(work, "recsys-als-" + started.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Does the tasks {@code 0} to {@code count - 1} and returns when all are done.
   *
   * @throws IllegalStateException if the caller is interrupted
   */
  void run(int count, Task task) {
    AtomicInteger next = new AtomicInteger();
    List<Callable<Void>> loops = new ArrayList<>(threads);
    for (int i = 0; i < threads; i++) {
      int worker = i;
      loops.add(
          () -> {
            for (int t = next.getAndIncrement(); t < count; t = next.getAndIncrement()) {
              task.run(worker, t);
            }
            return null;
          });
    }
    try {
      for (Future<Void> loop : pool.invokeAll(loops)) {
        loop.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the training was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the training failed: " + e.getCause(), e.getCause());
    }
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
