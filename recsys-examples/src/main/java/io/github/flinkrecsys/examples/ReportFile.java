/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where a job writes its figures as JSON. */
public final class ReportFile {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path file;

  private ReportFile(Path file) {
    this.file = file;
  }

  /**
   * Makes sure, before a long run, that its figures can be written.
   *
   * @param file may exist or not; it is as it was until {@link #write}, so that a run that fails
   *     leaves no empty report
   * @return the file
   * @throws InputException if it cannot be written
   */
  public static ReportFile open(Path file) throws InputException {
    boolean existed = Files.exists(file);
    try {
      Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
      if (!existed) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw notWritable(file);
    }
    return new ReportFile(file);
  }

  /**
   * Starts a report.
   *
   * @return an empty object
   */
  public static ObjectNode newReport() {
    return JSON.createObjectNode();
  }

  /**
   * Puts a figure; one that was not measured is null, since JSON has neither NaN nor infinity.
   *
   * @param node to put it into
   * @param name of the figure
   * @param value the figure
   */
  public static void put(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }

  /**
   * Writes the report.
   *
   * @param report replaces the content of the file
   * @throws InputException if it cannot be written
   */
  public void write(ObjectNode report) throws InputException {
    try {
      Files.writeString(file, JSON.writeValueAsString(report) + System.lineSeparator());
    } catch (IOException e) {
      throw notWritable(file);
    }
  }

  private static InputException notWritable(Path file) {
    return new InputException("report must be a file that can be written, got " + file);
  }
}
