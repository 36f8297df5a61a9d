/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.inference.model.SharedModels;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Loads models beside the task's thread, one after the other, so that the old ones serve meanwhile.
 * Outcomes are taken in the order in which they were asked for.
 */
final class ModelLoader implements AutoCloseable {
  /** A change and its model: none yet, none at all for a version that is retired, or why not. */
  record Pending(ModelChange change, CompletableFuture<SharedModels.Lease> lease) {}

  private final ExecutorService thread;
  private final Deque<Pending> pending = new ArrayDeque<>();
  private volatile boolean closed;

  ModelLoader(String name) {
    thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread loading = new Thread(task, "model-loader of " + name);
              loading.setDaemon(true);
              loading.setContextClassLoader(ModelLoader.class.getClassLoader());
              return loading;
            });
  }

  void load(ModelChange change, Callable<SharedModels.Lease> model) {
    pending.add(new Pending(change, CompletableFuture.supplyAsync(() -> call(model), thread)));
  }

  private SharedModels.Lease call(Callable<SharedModels.Lease> model) {
    if (closed) {
      throw new CancellationException();
    }
    try {
      return model.call();
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }

  /** Gives the oldest change if its model is loaded or has failed, else null. */
  Pending pollDone() {
    Pending oldest = pending.peek();
    return oldest != null && oldest.lease.isDone() ? pending.poll() : null;
  }

  boolean isIdle() {
    return pending.isEmpty();
  }

  List<ModelChange> changes() {
    return pending.stream().map(Pending::change).toList();
  }

  /** Lets go of what was loaded and not taken; what is being loaded follows when it is done. */
  @Override
  public void close() {
    closed = true;
    for (Pending waiting : pending) {
      waiting.lease.thenAccept(
          lease -> {
            if (lease != null) {
              lease.close();
            }
          });
    }
    pending.clear();
    thread.shutdown();
  }
}
