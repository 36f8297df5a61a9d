/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.kafka;

/**
 * Says that a model file is there to be loaded.
 *
 * @param path of the file, for Flink's file systems
 */
public record ModelFile(String path) {
  static String violation(ModelFile file) {
    return file.path == null || file.path.isBlank()
        ? "path must be not blank, got " + file.path
        : null;
  }
}
