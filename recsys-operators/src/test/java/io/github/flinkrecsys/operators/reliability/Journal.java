/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.TaskInfo;

/**
 * What came out of a job, as lines of a key and a value; a file per stream, submission, attempt and
 * subtask. A line is one write, so what a killed process has said stays.
 */
final class Journal {
  private Journal() {}

  /** A line, and the start of the job that it comes from. */
  record Line(long start, String key, String value) {}

  /** Opens the file of a subtask. Not a channel: cancelling must not break it. */
  static OutputStream open(Path directory, String stream, int life, TaskInfo task)
      throws IOException {
    String name =
        String.join(
            ".",
            stream,
            "" + life,
            "" + task.getAttemptNumber(),
            "" + task.getIndexOfThisSubtask());
    return new FileOutputStream(directory.resolve(name).toFile(), true);
  }

  static void write(OutputStream out, String key, String value) throws IOException {
    out.write((key + "\t" + value + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** All lines of a stream, by start of the job. */
  static List<Line> lines(Path directory, String stream) throws IOException {
    List<Line> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String[] name = file.getFileName().toString().split("\\.");
        if (name[0].equals(stream)) {
          long start = Long.parseLong(name[1]) << 32 | Long.parseLong(name[2]);
          read(file, start, lines);
        }
      }
    }
    // Stable: lines of one file stay in order.
    lines.sort((a, b) -> Long.compare(a.start(), b.start()));
    return lines;
  }

  private static void read(Path file, long start, List<Line> lines) throws IOException {
    String text = Files.readString(file);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    for (String line : whole.lines().toList()) {
      int tab = line.indexOf('\t');
      lines.add(new Line(start, line.substring(0, tab), line.substring(tab + 1)));
    }
  }

  /** The last value of each key. A key's records are all of one subtask while a job runs. */
  static Map<String, String> last(Path directory, String stream) throws IOException {
    Map<String, String> last = new HashMap<>();
    lines(directory, stream).forEach(line -> last.put(line.key(), line.value()));
    return last;
  }
}
