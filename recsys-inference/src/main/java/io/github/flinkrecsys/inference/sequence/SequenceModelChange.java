/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.sequence;

import io.github.flinkrecsys.inference.model.ModelRole;
import io.github.flinkrecsys.inference.model.ModelVersion;
import io.github.flinkrecsys.inference.model.VersionChange;

/**
 * Gives a version of a sequence model a role, while the job runs; a record that Flink keeps as
 * state.
 *
 * @param version positive; other files need another one, and to serve everybody it must be higher
 *     than that of the one which does: who wants an older file back gives it a new number
 * @param path of the model; of no use where a version is retired
 * @param vocabularyPath of the file of its items; likewise
 * @param role what the version is used for from now on
 * @param share of the users whom it serves, in (0, 1]; of use for {@link ModelRole#SPLIT} alone
 */
public record SequenceModelChange(
    long version, String path, String vocabularyPath, ModelRole role, double share)
    implements VersionChange {
  /**
   * Lets a version serve.
   *
   * @param version higher than that of the one which serves
   * @param path of the model
   * @param vocabularyPath of the file of its items
   * @return the change
   */
  public static SequenceModelChange serve(long version, String path, String vocabularyPath) {
    return new SequenceModelChange(version, path, vocabularyPath, ModelRole.SERVE, 1);
  }

  /**
   * Lets a version serve a share of the users.
   *
   * @param version of the model
   * @param path of the model
   * @param vocabularyPath of the file of its items
   * @param share in (0, 1]
   * @return the change
   */
  public static SequenceModelChange split(
      long version, String path, String vocabularyPath, double share) {
    return new SequenceModelChange(version, path, vocabularyPath, ModelRole.SPLIT, share);
  }

  /**
   * Lets a version run without serving.
   *
   * @param version of the model
   * @param path of the model
   * @param vocabularyPath of the file of its items
   * @return the change
   */
  public static SequenceModelChange shadow(long version, String path, String vocabularyPath) {
    return new SequenceModelChange(version, path, vocabularyPath, ModelRole.SHADOW, 0);
  }

  /**
   * Lets go of a version that does not serve everybody.
   *
   * @param version of the model
   * @return the change
   */
  public static SequenceModelChange retire(long version) {
    return new SequenceModelChange(version, "", "", ModelRole.RETIRE, 0);
  }

  ModelVersion model() {
    return new ModelVersion(version, path);
  }
}
