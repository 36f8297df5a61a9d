/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.inference.model.ModelVersion;

/**
 * Gives a version of a model a role, while the job runs.
 *
 * @param version positive; another file needs another one
 * @param path of the file; of no use where a version is retired
 * @param role what it is used for from now on
 * @param share of the users whom it serves, in (0, 1]; of use for {@link ModelRole#SPLIT} alone
 */
public record ModelChange(long version, String path, ModelRole role, double share) {
  /**
   * Lets a version serve.
   *
   * @param version of the model
   * @param path of the file
   * @return the change
   */
  public static ModelChange serve(long version, String path) {
    return new ModelChange(version, path, ModelRole.SERVE, 1);
  }

  /**
   * Lets a version serve a share of the users.
   *
   * @param version of the model
   * @param path of the file
   * @param share in (0, 1]
   * @return the change
   */
  public static ModelChange split(long version, String path, double share) {
    return new ModelChange(version, path, ModelRole.SPLIT, share);
  }

  /**
   * Lets a version score without serving.
   *
   * @param version of the model
   * @param path of the file
   * @return the change
   */
  public static ModelChange shadow(long version, String path) {
    return new ModelChange(version, path, ModelRole.SHADOW, 0);
  }

  /**
   * Lets go of a version that does not serve everybody.
   *
   * @param version of the model
   * @return the change
   */
  public static ModelChange retire(long version) {
    return new ModelChange(version, "", ModelRole.RETIRE, 0);
  }

  /**
   * Tells what is wrong with a change in itself.
   *
   * @param change may be null
   * @return the reason for refusing it, or null if there is none
   */
  static String violation(ModelChange change) {
    if (change == null || change.role == null) {
      return "role must be given, got null";
    }
    if (change.version < 1) {
      return "version must be positive, got " + change.version;
    }
    if (change.role != ModelRole.RETIRE && (change.path == null || change.path.isBlank())) {
      return "path must be a non-blank string, got " + change.path;
    }
    boolean isShare = change.share > 0 && change.share <= 1;
    return change.role != ModelRole.SPLIT || isShare
        ? null
        : "share must be in (0.0, 1.0], got " + change.share;
  }

  ModelVersion model() {
    return new ModelVersion(version, path);
  }
}
