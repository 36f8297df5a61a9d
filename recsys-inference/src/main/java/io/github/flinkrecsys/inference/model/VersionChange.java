/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

/** Gives a version of a model a role, while the job runs. */
public interface VersionChange {
  /**
   * Tells which version.
   *
   * @return positive; another file needs another one
   */
  long version();

  /**
   * Tells where the model is.
   *
   * @return path of its file; of no use where a version is retired
   */
  String path();

  /**
   * Tells what the version is used for from now on.
   *
   * @return role
   */
  ModelRole role();

  /**
   * Tells how many users it serves.
   *
   * @return share of the users, in (0, 1]; of use for {@link ModelRole#SPLIT} alone
   */
  double share();

  /** Longest path of a file. */
  int MAX_PATH_LENGTH = 4_096;

  /**
   * Tells what is wrong with the path of a file.
   *
   * @param name of the path
   * @param path may be null
   * @return the reason for refusing it, or null if there is none
   */
  static String pathViolation(String name, String path) {
    if (path != null && path.length() > MAX_PATH_LENGTH) {
      return name + " must be at most " + MAX_PATH_LENGTH + " characters, got " + path.length();
    }
    if (path != null && path.chars().anyMatch(Character::isISOControl)) {
      return name + " must be without control characters, got one";
    }
    return path != null && !path.isBlank()
        ? null
        : name + " must be a non-blank string, got " + path;
  }

  /**
   * Tells what is wrong with a change in itself.
   *
   * @param change may be null
   * @return the reason for refusing it, or null if there is none
   */
  static String violation(VersionChange change) {
    if (change == null || change.role() == null) {
      return "role must be given, got null";
    }
    if (change.version() < 1) {
      return "version must be positive, got " + change.version();
    }
    String path = change.role() == ModelRole.RETIRE ? null : pathViolation("path", change.path());
    if (path != null) {
      return path;
    }
    boolean isShare = change.share() > 0 && change.share() <= 1;
    return change.role() != ModelRole.SPLIT || isShare
        ? null
        : "share must be in (0.0, 1.0], got " + change.share();
  }
}
