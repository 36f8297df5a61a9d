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
   * @param file created if it does not exist
   * @return the file, whose content is kept until {@link #write}
   * @throws InputException if it cannot be written
   */
  public static ReportFile open(Path file) throws InputException {
    try {
      Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
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
   * Puts a figure; one that was not measured is null, since JSON has no NaN.
   *
   * @param node to put it into
   * @param name of the figure
   * @param value the figure
   */
  public static void put(ObjectNode node, String name, double value) {
    if (Double.isNaN(value)) {
      node.putNull(name);
    } else {
      node.put(name, value);
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
