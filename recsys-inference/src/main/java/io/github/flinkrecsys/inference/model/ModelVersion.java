/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;

/**
 * A model's file and its version.
 *
 * @param version positive; another file needs another one, also under the same path
 * @param path of the file, with the scheme of any of Flink's file systems, or of a local file
 */
public record ModelVersion(long version, String path) implements Serializable {
  /**
   * Checks.
   *
   * @param version see the record
   * @param path see the record
   * @throws IllegalArgumentException if one is missing or out of range
   */
  public ModelVersion {
    Checks.positive("version", version);
    String violation = VersionChange.pathViolation("path", path);
    if (violation != null) {
      throw new IllegalArgumentException(violation);
    }
  }

  @Override
  public String toString() {
    return "model " + path + " (version " + version + ")";
  }
}
