/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.testing;

import java.net.URI;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/** Files that are too large for the heap, without taking it from other tests. */
public final class FullHeapFileSystem implements FileSystemFactory {
  public static final String SCHEME = "full-heap";
  public static final String MESSAGE = "Java heap space";

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileSystem create(URI uri) {
    return new LocalFileSystem() {
      @Override
      public FileStatus getFileStatus(Path file) {
        throw new OutOfMemoryError(MESSAGE);
      }
    };
  }
}
