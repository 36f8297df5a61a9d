/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.quickstart;

import java.nio.file.Path;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.datagen.source.GeneratorFunction;

/** Serves the lines of a file by index; the file must be readable where the source runs. */
final class FileLines implements GeneratorFunction<Long, String> {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final InputFormat format;
  private transient String[] lines;

  FileLines(Path file, InputFormat format) {
    this.file = file.toString();
    this.format = format;
  }

  @Override
  public void open(SourceReaderContext context) throws Exception {
    lines = InputFile.read(Path.of(file), format).lines();
  }

  @Override
  public String map(Long index) {
    return lines[index.intValue()];
  }
}
