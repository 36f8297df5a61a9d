/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.nextitem;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.flinkrecsys.examples.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a replay measured; NaN where there was nothing to predict. */
record NextItemReport(
    int predictions,
    double hitRateAt20,
    double mrrAt20,
    double latencyMicrosP50,
    double latencyMicrosP90) {

  void print(PrintWriter out) {
    out.printf(
        "%,d predictions: HR@20 %.4f, MRR@20 %.4f; a query takes %.0f us (p50), %.0f us (p90)%n",
        predictions, hitRateAt20, mrrAt20, latencyMicrosP50, latencyMicrosP90);
    out.flush();
  }

  void write(Path file) throws InputException {
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    ObjectNode root = json.createObjectNode();
    root.put("predictions", predictions);
    put(root, "hitRateAt20", hitRateAt20);
    put(root, "mrrAt20", mrrAt20);
    ObjectNode latency = root.putObject("latencyMicros");
    put(latency, "p50", latencyMicrosP50);
    put(latency, "p90", latencyMicrosP90);
    try {
      Files.writeString(file, json.writeValueAsString(root) + System.lineSeparator());
    } catch (IOException e) {
      throw new InputException("--report must be a file that can be written, got " + file);
    }
  }

  /** JSON has no NaN: what was not measured is null. */
  private static void put(ObjectNode node, String name, double value) {
    if (Double.isNaN(value)) {
      node.putNull(name);
    } else {
      node.put(name, value);
    }
  }
}
