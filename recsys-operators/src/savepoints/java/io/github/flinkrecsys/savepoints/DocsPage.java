/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.savepoints;

import java.nio.file.Files;
import java.nio.file.Path;

/** Pages of the documentation, which tests compare with the code. */
public final class DocsPage {
  private DocsPage() {}

  /** Finds a page by its file's name, from whatever module the tests run in. */
  public static Path of(String name) {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.isRegularFile(directory.resolve("docs").resolve(name))) {
      directory = directory.getParent();
    }
    return directory.resolve("docs").resolve(name);
  }
}
