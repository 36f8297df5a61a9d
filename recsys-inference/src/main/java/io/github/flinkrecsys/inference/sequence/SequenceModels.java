/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.sequence;

import io.github.flinkrecsys.inference.model.ModelException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest sequence models that control streams have brought into this process, by name of the
 * source. A subtask that reads the stream publishes here; sources look here before each list.
 *
 * <p>Several sources of one process are told apart by their names alone: give those of two
 * recommenders different ones.
 */
public final class SequenceModels {
  private static final Map<String, LoadedSequenceModel> NEWEST = new ConcurrentHashMap<>();

  private SequenceModels() {}

  /** What one subtask of a control stream has published. Belongs to one thread. */
  public static final class Publisher implements AutoCloseable {
    private final SequenceModelConfig initial;
    private LoadedSequenceModel published;

    /**
     * Publishes nothing yet.
     *
     * @param initial config of the source
     */
    public Publisher(SequenceModelConfig initial) {
      this.initial = initial;
    }

    /**
     * Tells which version serves by what this subtask knows.
     *
     * @return the published one, else that of the config
     */
    public long version() {
      return published == null ? initial.model().version() : published.version();
    }

    /**
     * Loads a version, checks it, and lets sources take it. If it fails, all is as before.
     *
     * @param change without a violation
     * @throws ModelException if the model or its items cannot be loaded, or do not fit each other
     */
    public void publish(SequenceModelChange change) throws ModelException {
      LoadedSequenceModel next = LoadedSequenceModel.load(initial.with(change));
      LoadedSequenceModel before = published;
      published = next;
      NEWEST.merge(initial.name(), next, (old, own) -> own.version() > old.version() ? own : old);
      if (before != null) {
        before.close();
      }
    }

    /** Lets go of the model; sources keep what they have taken. */
    @Override
    public void close() {
      if (published != null) {
        NEWEST.remove(initial.name(), published);
        published.close();
        published = null;
      }
    }
  }

  /** Gives the newest version of a source's model, null if no control stream has brought one. */
  static LoadedSequenceModel newest(String name) {
    return NEWEST.get(name);
  }
}
