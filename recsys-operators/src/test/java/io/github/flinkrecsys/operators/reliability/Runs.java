/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Sums of runs for docs/reliability.md, written to target/reliability.md. */
final class Runs {
  /** Whether the long tests are to run: {@code mvn verify -Pnightly}. */
  static final boolean NIGHTLY = Boolean.getBoolean("recsys.nightly");

  private static final Path FILE = Path.of("target", "reliability.md");

  /** Of all runs: milliseconds after which replicas equalled the owners, per fault. */
  private static final List<Long> LAGS = new ArrayList<>();

  private final Map<String, long[]> rows = new TreeMap<>();

  static void addLags(List<Long> millis) {
    LAGS.addAll(millis);
  }

  void add(FaultRun.Setup setup, FaultPlan plan, Outcome outcome) {
    plan.faults().stream()
        .map(Fault::kind)
        .distinct()
        .forEach(
            kind -> {
              String row =
                  String.join(" | ", "| " + kind.text, setup.backend(), setup.checkpoints());
              long[] sums = rows.computeIfAbsent(row, r -> new long[4]);
              sums[0]++;
              sums[1] += plan.faults().stream().filter(f -> f.kind() == kind).count();
              sums[2] += outcome.lost();
              sums[3] += outcome.duplicated();
            });
  }

  void write(String title) throws IOException {
    StringBuilder text = new StringBuilder("\n" + title + "\n\n");
    text.append("| fault | backend | checkpoints | runs | faults | lost | duplicated |\n");
    text.append("|---|---|---|---|---|---|---|\n");
    rows.forEach(
        (row, s) ->
            text.append(row + " | " + s[0] + " | " + s[1] + " | " + s[2] + " | " + s[3] + " |\n"));
    long[] lags = LAGS.stream().mapToLong(Long::longValue).sorted().toArray();
    if (lags.length > 0) {
      text.append(
          "\nReplicas equalled the owners after %d faults: median %d ms after the last event, at most %d ms.\n"
              .formatted(lags.length, lags[lags.length / 2], lags[lags.length - 1]));
      LAGS.clear();
    }
    append(text.toString());
  }

  /** Adds a text to the file. */
  static void append(String text) throws IOException {
    Files.writeString(FILE, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
