/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.operations;

import io.github.flinkrecsys.examples.docs.DocFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;

/** Flink configuration as a page shows it: the block behind a marker, read as Flink reads it. */
final class DocConfig {
  private DocConfig() {}

  static Configuration read(String page, String name, Path scratch) throws Exception {
    List<String> lines = Files.readAllLines(DocFiles.root().resolve(page));
    int marker = lines.indexOf("<!-- config: " + name + " -->");
    if (marker < 0 || !lines.get(marker + 1).equals("```yaml")) {
      throw new AssertionError(page + " must have a block of yaml named " + name);
    }
    List<String> block = new ArrayList<>();
    for (int i = marker + 2; !lines.get(i).equals("```"); i++) {
      block.add(lines.get(i));
    }
    Files.write(scratch.resolve("config.yaml"), block);
    return GlobalConfiguration.loadConfiguration(scratch.toString());
  }
}
