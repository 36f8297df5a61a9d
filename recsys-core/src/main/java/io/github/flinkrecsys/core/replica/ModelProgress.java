/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.replica;

import java.util.List;
import java.util.TreeMap;

/**
 * Which offline models have arrived, and how much of those that are on their way. A model is loaded
 * once all its items are there. For any number of threads.
 *
 * <p>Remembers the newest {@value #MAX_MODELS} models.
 */
public final class ModelProgress {
  static final int MAX_MODELS = 8;

  private final TreeMap<Long, ModelItems> models = new TreeMap<>();
  private volatile long loadedVersion;

  /** Makes one of no model. */
  public ModelProgress() {}

  /**
   * Counts items that have arrived.
   *
   * @param part how many, of which model
   */
  public synchronized void add(ModelItems part) {
    if (part.version() < loadedVersion) {
      return;
    }
    if (models.merge(part.version(), part, ModelItems::plus).isWhole()) {
      loadedVersion = part.version();
      models.headMap(loadedVersion).clear();
    }
    if (models.size() > MAX_MODELS) {
      models.pollFirstEntry();
    }
  }

  /**
   * Tells which model was loaded last.
   *
   * @return its version, 0 if none was
   */
  public long loadedVersion() {
    return loadedVersion;
  }

  /**
   * Copies the counts.
   *
   * @return one element per model
   */
  public synchronized List<ModelItems> copy() {
    return List.copyOf(models.values());
  }
}
