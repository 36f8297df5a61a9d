/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.inference.model.ModelRole;
import io.github.flinkrecsys.inference.model.ModelVersion;
import io.github.flinkrecsys.inference.model.VersionChange;

/**
 * Gives a version of a model a role, while the job runs.
 *
 * @param version positive; another file needs another one
 * @param path of the file; of no use where a version is retired
 * @param role what it is used for from now on
 * @param share of the users whom it serves, in (0, 1]; of use for {@link ModelRole#SPLIT} alone
 */
public record ModelChange(long version, String path, ModelRole role, double share)
    implements VersionChange {
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

  ModelVersion model() {
    return new ModelVersion(version, path);
  }
}
