/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.savepoints;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.util.EnvironmentInformation;

/**
 * Savepoints in src/test/resources/savepoints: the name of an archive is the version of the library
 * and that of Flink. Most of a savepoint is names of classes, so it packs to a fifth.
 */
public final class KeptSavepoints {
  private static final long PATIENCE_NANOS = 300_000_000_000L;

  private KeptSavepoints() {}

  /** Something to wait for. */
  public interface Condition {
    boolean holds() throws Exception;
  }

  /** Unpacks a kept savepoint into a new directory under another. */
  public static Path unpack(String name, Path parent) throws IOException {
    Path savepoint = Files.createDirectory(parent.resolve(name));
    try (ZipInputStream in =
        new ZipInputStream(
            KeptSavepoints.class.getResourceAsStream("/savepoints/" + name + ".zip"))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Files.copy(in, savepoint.resolve(entry.getName()));
      }
    }
    return savepoint;
  }

  /** Stops a job with a canonical savepoint; returns its directory. */
  public static Path stop(JobClient job, Path parent) throws Exception {
    String savepoints = parent.resolve("savepoints").toUri().toString();
    String savepoint =
        job.stopWithSavepoint(false, savepoints, SavepointFormatType.CANONICAL).get();
    return Path.of(URI.create(savepoint));
  }

  /** Packs a savepoint into the sources; returns the bytes of the archive. */
  public static long pack(Path savepoint) throws IOException {
    Path archive = Path.of("src/test/resources/savepoints", written() + ".zip");
    Files.createDirectories(archive.getParent());
    try (Stream<Path> all = Files.list(savepoint);
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (Path file : all.sorted().toList()) {
        out.putNextEntry(new ZipEntry(file.getFileName().toString()));
        Files.copy(file, out);
      }
    }
    return Files.size(archive);
  }

  /** The newest kept savepoint of the running Flink line. */
  public static String newest() {
    return flinkVersion().startsWith("1.") ? "0.1.0-flink-1.20.5" : "0.1.0-flink-2.3.0";
  }

  /** Skips the test where the running Flink cannot read a kept savepoint. */
  public static void assumeReadable(String name) {
    boolean isNewer = name.contains("flink-2") && flinkVersion().startsWith("1.");
    assumeThat(isNewer).as("Flink 1 does not read savepoints of Flink 2").isFalse();
  }

  private static String written() {
    return System.getProperty("recsys.write-savepoint") + "-flink-" + flinkVersion();
  }

  private static String flinkVersion() {
    return EnvironmentInformation.getVersion();
  }

  /** Waits until a condition holds; a job that ends before fails with its own reason. */
  public static void await(JobClient job, Condition condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.holds()) {
      if (job.getJobStatus().get().isGloballyTerminalState()) {
        job.getJobExecutionResult().get();
        throw new IllegalStateException("the job has ended too soon");
      }
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("not within " + PATIENCE_NANOS + " ns: " + condition);
      }
      Thread.sleep(10);
    }
  }
}
