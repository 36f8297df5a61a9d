/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.nextitem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.examples.InputException;
import io.github.flinkrecsys.fuzz.Fuzz;
import io.github.flinkrecsys.fuzz.Mutator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hostile session logs: sessions in time order, or one error that names the file. */
class HostileSessionLogTest {
  @TempDir private Path folder;

  @Test
  void sessionLogs() {
    Mutator mutator =
        new Mutator(List.of("SessionId\tItemId\tTime\n1\ta\t5.5\n1\tb\t4\n2\ta\t7"), "1396861020");
    Path file = folder.resolve("log");
    Fuzz.run(
        "session log file",
        1_000,
        mutator::bytes,
        bytes -> {
          Files.write(file, bytes);
          try {
            for (SessionFile.Visit visit : SessionFile.read("input", file).sessions()) {
              assertThat(visit.millis()).isSorted().hasSize(visit.itemIds().size());
            }
            return true;
          } catch (InputException e) {
            assertThat(e.getMessage()).startsWith("input must ").endsWith(file.toString());
            return false;
          }
        });
  }
}
