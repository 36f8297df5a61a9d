/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {
  @TempDir private Path folder;

  @Test
  void refusesBeforeTheRunWhatCannotBeWritten() {
    for (Path file : new Path[] {folder, folder.resolve("missing").resolve("report.json")}) {
      assertThatThrownBy(() -> ReportFile.open(file))
          .isInstanceOf(InputException.class)
          .hasMessage("report must be a file that can be written, got " + file);
    }
  }

  @Test
  void aRunThatFailsLeavesNoReport() throws Exception {
    Path file = folder.resolve("report.json");
    ReportFile report = ReportFile.open(file);
    assertThat(file).doesNotExist();
    report.write(ReportFile.newReport().put("events", 7));
    assertThat(file).exists();
  }

  @Test
  void whatIsNoNumberInJsonIsNull() {
    ObjectNode report = ReportFile.newReport();
    ReportFile.put(report, "infinite", Double.POSITIVE_INFINITY);
    ReportFile.put(report, "unmeasured", Double.NaN);
    ReportFile.put(report, "half", 0.5);
    assertThat(report).hasToString("{\"infinite\":null,\"unmeasured\":null,\"half\":0.5}");
  }

  @Test
  void keepsAnOldReportUntilThereIsANewOne() throws Exception {
    Path file = Files.writeString(folder.resolve("report.json"), "old");
    ReportFile report = ReportFile.open(file);
    assertThat(file).hasContent("old");
    report.write(ReportFile.newReport().put("events", 7));
    assertThat(Files.readString(file)).isEqualToIgnoringWhitespace("{\"events\":7}");
  }
}
