/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.model;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** Reads files through Flink's file systems: local ones, HDFS, object stores. */
final class ModelFile {
  private ModelFile() {}

  /** Reads a whole file, if it is not larger than allowed. */
  static byte[] read(ModelVersion model, long maxBytes) throws ModelException {
    try {
      Path path = new Path(model.path());
      URI uri = path.toUri();
      FileSystem files = FileSystem.get(uri);
      FileStatus status = files.getFileStatus(path);
      if (status.isDir()) {
        throw new ModelException(model, "must be a file, is a directory");
      }
      // Also what is no file at all, a pipe or a device, which would be read for ever.
      if (status.getLen() < 1) {
        throw new ModelException(model, "must not be empty");
      }
      if (status.getLen() > maxBytes) {
        throw new ModelException(
            model, "must have at most " + maxBytes + " bytes, has " + status.getLen());
      }
      try (FSDataInputStream in = files.open(path)) {
        byte[] bytes = in.readNBytes((int) status.getLen());
        if (bytes.length < status.getLen()) {
          throw new ModelException(
              model, "ends after " + bytes.length + " of " + status.getLen() + " bytes");
        }
        return bytes;
      }
    } catch (ModelException e) {
      throw e;
    } catch (FileNotFoundException e) {
      throw new ModelException(model, "does not exist", e);
    } catch (IOException | RuntimeException e) {
      // A path that is none, a scheme without a file system, an object store that is away.
      throw new ModelException(model, "cannot be read: " + e.getMessage(), e);
    }
  }
}
