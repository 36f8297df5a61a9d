/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.flinkrecsys.examples.docs.DocFiles;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The dashboard shows metrics that the page of metrics has. */
class DashboardTest {
  private static final Pattern ROW =
      Pattern.compile("\\| `[A-Z][A-Za-z]+` \\| `([A-Za-z]+)` \\| [a-z]+ \\|.*");
  private static final String OPERATOR = "flink_taskmanager_job_task_operator_";

  /** Flink's own, under the names that its documentation gives. */
  private static final Set<String> FLINKS =
      Set.of(
          OPERATOR + "numRecordsIn",
          "flink_jobmanager_job_lastCheckpointDuration",
          "flink_jobmanager_job_lastCheckpointFullSize",
          "flink_jobmanager_job_lastCheckpointSize");

  @Test
  void everyMetricIsOnThePageOrFlinks() throws Exception {
    Set<String> known = new TreeSet<>(FLINKS);
    for (String line : Files.readAllLines(DocFiles.root().resolve("docs/metrics.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        known.add(OPERATOR + label(row.group(1)) + row.group(1));
      }
    }
    assertThat(Dashboard.metrics()).hasSizeGreaterThan(30).isSubsetOf(known);
    assertThat(Dashboard.metrics()).containsAll(FLINKS);
  }

  private static String label(String metric) {
    if (metric.equals("deadLettersByReason")) {
      return "reason_";
    }
    return metric.startsWith("window") ? "source_" : "";
  }

  @Test
  void panelsHaveTitlesQueriesAndIdsOfTheirOwn() throws Exception {
    JsonNode dashboard = Dashboard.read();
    assertThat(dashboard.get("title").asText()).isNotBlank();
    Set<Integer> ids = new HashSet<>();
    for (JsonNode panel : dashboard.get("panels")) {
      assertThat(panel.get("title").asText()).isNotBlank();
      assertThat(ids.add(panel.get("id").asInt()))
          .as("id of %s is new", panel.get("title"))
          .isTrue();
      boolean isRow = panel.get("type").asText().equals("row");
      assertThat(panel.path("targets").size() > 0).as("%s", panel.get("title")).isNotEqualTo(isRow);
      for (JsonNode target : panel.path("targets")) {
        String query = target.get("expr").asText();
        assertThat(query).contains("job_name=~\"$job\"");
        assertThat(query.chars().filter(c -> c == '(').count())
            .as(query)
            .isEqualTo(query.chars().filter(c -> c == ')').count());
      }
    }
  }
}
