/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.nextitem;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.flinkrecsys.examples.ReportFile;
import java.io.PrintWriter;

/** What a replay measured; NaN where there was nothing to predict. */
record NextItemReport(
    int predictions,
    double hitRateAt20,
    double mrrAt20,
    double latencyMicrosP50,
    double latencyMicrosP90) {

  void print(PrintWriter out) {
    if (predictions == 0) {
      out.println("0 predictions: no test session has two clicks");
    } else {
      out.printf(
          "%,d predictions: HR@20 %.4f, MRR@20 %.4f; a query takes %.0f us (p50), %.0f us (p90)%n",
          predictions, hitRateAt20, mrrAt20, latencyMicrosP50, latencyMicrosP90);
    }
    out.flush();
  }

  ObjectNode report() {
    ObjectNode root = ReportFile.newReport();
    root.put("predictions", predictions);
    ReportFile.put(root, "hitRateAt20", hitRateAt20);
    ReportFile.put(root, "mrrAt20", mrrAt20);
    ObjectNode latency = root.putObject("latencyMicros");
    ReportFile.put(latency, "p50", latencyMicrosP50);
    ReportFile.put(latency, "p90", latencyMicrosP90);
    return root;
  }
}
