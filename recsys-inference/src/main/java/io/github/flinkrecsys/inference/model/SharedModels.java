/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The models in use in this process, each once: the first subtask that opens a version loads it,
 * the others wait for it, and the last that closes it frees it.
 */
public final class SharedModels {
  private static final Map<Key, Entry> REGISTRY = new HashMap<>();

  private record Key(ModelVersion version, ModelContract contract, ModelLimits limits) {}

  private static final class Entry {
    private final CompletableFuture<OnnxModel> loaded = new CompletableFuture<>();
    private int users;
  }

  private SharedModels() {}

  /** A subtask's hold on a model. */
  public static final class Lease implements ModelHold {
    private final Key key;
    private final OnnxModel model;
    private boolean closed;

    private Lease(Key key, OnnxModel model) {
      this.key = key;
      this.model = model;
    }

    /**
     * Gives the model.
     *
     * @return that all leases share, not to be closed
     */
    public OnnxModel model() {
      return model;
    }

    /**
     * Takes a second hold on the model, without reading its file. Unlike the rest of a lease, this
     * may be called by any thread.
     *
     * @return a hold of its own; null if nobody holds the model any more
     */
    public Lease again() {
      synchronized (REGISTRY) {
        Entry entry = REGISTRY.get(key);
        if (entry == null || !entry.loaded.isDone()) {
          return null;
        }
        entry.users++;
        return new Lease(key, entry.loaded.join());
      }
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        release(key);
      }
    }
  }

  /**
   * Opens a model, and loads it if nobody has it open.
   *
   * @param version which file
   * @param contract what it must take and give
   * @param limits what it may take of the process
   * @return a hold on the model, to be closed
   * @throws ModelException if it cannot be loaded; the next one who asks tries again
   */
  public static Lease open(ModelVersion version, ModelContract contract, ModelLimits limits)
      throws ModelException {
    Key key = new Key(version, contract, limits);
    Entry entry;
    boolean loads;
    synchronized (REGISTRY) {
      entry = REGISTRY.computeIfAbsent(key, k -> new Entry());
      loads = entry.users == 0;
      entry.users++;
    }
    if (loads) {
      load(key, entry);
    }
    try {
      return new Lease(key, entry.loaded.join());
    } catch (CompletionException e) {
      throw e.getCause() instanceof ModelException failed
          ? failed
          : new ModelException(version, "cannot be loaded: " + e.getCause(), e.getCause());
    }
  }

  /**
   * A failed entry leaves the registry first, so that nobody new waits for it. Errors are failures
   * too, above all a heap without room for the file: or those who wait would wait for ever.
   */
  private static void load(Key key, Entry entry) {
    try {
      entry.loaded.complete(OnnxModel.load(key.version, key.contract, key.limits));
    } catch (Throwable e) {
      synchronized (REGISTRY) {
        REGISTRY.remove(key, entry);
      }
      entry.loaded.completeExceptionally(e);
    }
  }

  private static void release(Key key) {
    OnnxModel unused = null;
    synchronized (REGISTRY) {
      Entry entry = REGISTRY.get(key);
      entry.users--;
      if (entry.users == 0) {
        REGISTRY.remove(key);
        unused = entry.loaded.join();
      }
    }
    if (unused != null) {
      unused.close();
    }
  }

  /**
   * Counts the models in this process, for tests and metrics.
   *
   * @return models in use
   */
  public static int inUse() {
    synchronized (REGISTRY) {
      return REGISTRY.size();
    }
  }
}
