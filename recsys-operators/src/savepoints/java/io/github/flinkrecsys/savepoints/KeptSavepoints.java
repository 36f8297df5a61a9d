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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.util.EnvironmentInformation;

/**
 * Savepoints in the sources of a module, each an archive with its {@link SavepointName}. Most of a
 * savepoint is names of classes, so it packs to a fifth.
 */
public final class KeptSavepoints {
  /** Not what was copied at the last build: an archive counts as soon as it is written. */
  private static final Path FOLDER = Path.of("src/test/resources/savepoints");

  private static final String ARCHIVE = ".zip";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private KeptSavepoints() {}

  /** Something to wait for. */
  public interface Condition {
    boolean holds() throws Exception;
  }

  /** All kept savepoints of the module, the oldest first. */
  public static List<SavepointName> all() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(ARCHIVE))
          .map(file -> SavepointName.of(file.substring(0, file.length() - ARCHIVE.length())))
          .sorted()
          .toList();
    }
  }

  /** The newest kept savepoint of each Flink line. */
  public static List<SavepointName> newestOfEachLine() throws IOException {
    return SavepointName.newestOfEachLine(all());
  }

  /** The newest kept savepoint of the running Flink line. */
  public static SavepointName newest() throws IOException {
    return newestOfEachLine().stream()
        .filter(name -> name.line() == running("0").line())
        .findFirst()
        .orElseThrow();
  }

  /** Skips the test where the running Flink cannot read a kept savepoint. */
  public static void assumeReadable(SavepointName name) {
    assumeThat(name.line())
        .as("line of Flink, which does not read savepoints of a newer one")
        .isLessThanOrEqualTo(running("0").line());
  }

  /** Unpacks a kept savepoint into a new directory under another. */
  public static Path unpack(SavepointName name, Path parent) throws IOException {
    Path savepoint = Files.createDirectory(parent.resolve(name.toString()));
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(archive(name)))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        Files.copy(in, savepoint.resolve(entry.getName()));
      }
    }
    return savepoint;
  }

  /** Packs a savepoint into the sources; returns the bytes of the archive. */
  public static long pack(Path savepoint) throws IOException {
    Path archive = archive(running(System.getProperty("recsys.write-savepoint")));
    Files.createDirectories(FOLDER);
    try (Stream<Path> all = Files.list(savepoint);
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (Path file : all.sorted().toList()) {
        out.putNextEntry(new ZipEntry(file.getFileName().toString()));
        Files.copy(file, out);
      }
    }
    return Files.size(archive);
  }

  private static Path archive(SavepointName name) {
    return FOLDER.resolve(name + ARCHIVE);
  }

  /** What a release would write on the running Flink. */
  private static SavepointName running(String release) {
    return SavepointName.of(release + "-flink-" + EnvironmentInformation.getVersion());
  }

  /** Stops a job with a canonical savepoint; returns its directory. */
  public static Path stop(JobClient job, Path parent) throws Exception {
    String savepoints = parent.resolve("savepoints").toUri().toString();
    String savepoint =
        inTime(
            job,
            "the savepoint",
            job.stopWithSavepoint(false, savepoints, SavepointFormatType.CANONICAL));
    return Path.of(URI.create(savepoint));
  }

  /** Waits until a condition holds; a job that ends before fails with its own reason. */
  public static void await(JobClient job, Condition condition) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      if (inTime(job, "the status", job.getJobStatus()).isGloballyTerminalState()) {
        awaitEnd(job);
        throw new IllegalStateException("the job has ended too soon");
      }
      if (System.nanoTime() > deadline) {
        throw overdue(job, "the condition");
      }
      Thread.sleep(10);
    }
  }

  /** Waits for the end of a job; one that fails, fails with its own reason. */
  public static void awaitEnd(JobClient job) throws Exception {
    inTime(job, "the end of the job", job.getJobExecutionResult());
  }

  private static <T> T inTime(JobClient job, String what, Future<T> awaited) throws Exception {
    try {
      return awaited.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw overdue(job, what);
    }
  }

  /** The job is cancelled, so that the tests that follow do not run beside it. */
  private static TimeoutException overdue(JobClient job, String what) {
    TimeoutException reason =
        new TimeoutException(
            what + " was awaited for " + PATIENCE + ", tasks:\n" + TaskStacks.text());
    job.cancel();
    return reason;
  }
}
