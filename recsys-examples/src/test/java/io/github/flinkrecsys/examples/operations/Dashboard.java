/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.flinkrecsys.examples.docs.DocFiles;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The dashboard of docs/grafana. */
final class Dashboard {
  private static final Pattern METRIC = Pattern.compile("\\bflink_[A-Za-z_]+");

  private Dashboard() {}

  static JsonNode read() throws Exception {
    return new ObjectMapper()
        .readTree(DocFiles.root().resolve("docs/grafana/recsys.json").toFile());
  }

  /** Prometheus' names of all metrics that panels and variables ask for. */
  static Set<String> metrics() throws Exception {
    Set<String> metrics = new TreeSet<>();
    JsonNode dashboard = read();
    for (JsonNode panel : dashboard.get("panels")) {
      for (JsonNode target : panel.path("targets")) {
        addFrom(target.get("expr").asText(), metrics);
      }
    }
    for (JsonNode variable : dashboard.get("templating").get("list")) {
      addFrom(variable.path("query").asText(), metrics);
    }
    return metrics;
  }

  private static void addFrom(String query, Set<String> metrics) {
    Matcher metric = METRIC.matcher(query);
    while (metric.find()) {
      metrics.add(metric.group());
    }
  }
}
