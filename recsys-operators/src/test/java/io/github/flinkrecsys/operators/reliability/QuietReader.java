/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.flink.api.common.TaskInfo;

/**
 * Writes again and again, while the source stands still after a fault, what a subtask sees of the
 * items. A file is replaced in one move, so whoever reads it finds one reading.
 */
final class QuietReader implements AutoCloseable {
  /** The only row of a reading that failed; its value says why. */
  static final String FAILED = "failed";

  private static final long EVERY_MILLIS = 100;

  private final FaultPlan plan;
  private final String name;
  private final Supplier<Map<String, String>> rows;
  private volatile boolean isClosed;

  private QuietReader(FaultPlan plan, String name, Supplier<Map<String, String>> rows) {
    this.plan = plan;
    this.name = name;
    this.rows = rows;
  }

  /** Starts a reader; {@code side} is "owners" or "replica", {@code rows} are rows by item. */
  static QuietReader start(
      FaultPlan plan, int life, TaskInfo task, String side, Supplier<Map<String, String>> rows) {
    String name =
        String.join(
            "-",
            side,
            "" + FaultPlan.start(life, task),
            "" + task.getIndexOfThisSubtask(),
            "" + task.getNumberOfParallelSubtasks());
    QuietReader reader = new QuietReader(plan, name, rows);
    Thread thread = new Thread(reader::run, "quiet-" + name);
    thread.setDaemon(true);
    thread.start();
    return reader;
  }

  private void run() {
    try {
      while (!isClosed) {
        int fault = plan.quietNow();
        if (fault >= 0) {
          write(fault);
        }
        Thread.sleep(EVERY_MILLIS);
      }
    } catch (IOException | InterruptedException e) {
      // The run has ended and its directory is gone; what is missing fails the run.
    }
  }

  /** A reading beside a task that writes may fail; it shows, and the next one may not. */
  private Map<String, String> rowsOrFailure() {
    try {
      return rows.get();
    } catch (RuntimeException e) {
      return Map.of(FAILED, e.toString());
    }
  }

  private void write(int fault) throws IOException {
    String text =
        rowsOrFailure().entrySet().stream()
            .map(row -> row.getKey() + "\t" + row.getValue() + "\n")
            .collect(Collectors.joining());
    Path directory = Path.of(plan.directory());
    Path partial = Files.writeString(directory.resolve("partial-" + fault + "-" + name), text);
    Files.move(
        partial,
        directory.resolve("quiet-" + fault + "-" + name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() {
    isClosed = true;
  }
}
