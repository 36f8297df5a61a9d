/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.sequence;

import io.github.flinkrecsys.inference.model.ModelVersion;

/**
 * Lets a newer version of a sequence model serve; a record that Flink keeps as state.
 *
 * @param version higher than that of the one which serves; who wants an older file back gives it a
 *     new number
 * @param path of the model
 * @param vocabularyPath of the file of its items
 */
public record SequenceModelChange(long version, String path, String vocabularyPath) {
  /**
   * Tells what is wrong with a change.
   *
   * @param change may be null
   * @param served version that serves
   * @return the reason for refusing it, or null if there is none
   */
  public static String violation(SequenceModelChange change, long served) {
    if (change == null) {
      return "change must be given, got null";
    }
    if (change.version <= served) {
      return "version must be higher than " + served + ", got " + change.version;
    }
    if (change.path == null || change.path.isBlank()) {
      return "path must be a non-blank string, got " + change.path;
    }
    return change.vocabularyPath == null || change.vocabularyPath.isBlank()
        ? "vocabularyPath must be a non-blank string, got " + change.vocabularyPath
        : null;
  }

  ModelVersion model() {
    return new ModelVersion(version, path);
  }
}
