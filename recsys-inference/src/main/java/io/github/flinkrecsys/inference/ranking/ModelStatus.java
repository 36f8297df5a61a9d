/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.inference.model.ModelRole;
import io.github.flinkrecsys.inference.model.VersionChange;

/**
 * What became of a change in one subtask.
 *
 * @param version of the model
 * @param path of the file; cut where it is too long for one
 * @param role that was asked for
 * @param accepted whether it is in effect; else everything is as before
 * @param problem why it was refused, empty if it was not
 * @param subtask that says so
 */
public record ModelStatus(
    long version, String path, ModelRole role, boolean accepted, String problem, int subtask) {
  /** Tells what became of a change, which may be null or of nulls if it was refused. */
  static ModelStatus of(VersionChange change, String problem, int subtask) {
    if (change == null) {
      return new ModelStatus(0, "", ModelRole.SERVE, false, problem, subtask);
    }
    String path = change.path();
    boolean isLong = path != null && path.length() > VersionChange.MAX_PATH_LENGTH;
    return new ModelStatus(
        change.version(),
        isLong ? path.substring(0, VersionChange.MAX_PATH_LENGTH) : path,
        change.role(),
        problem.isEmpty(),
        problem,
        subtask);
  }
}
