/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.testing;

import io.github.flinkrecsys.savepoints.DocsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;

/** The metrics of a task by name; that of a version is {@code <name> of <version>}. */
public final class TestMetrics {
  private final Map<String, Metric> metrics = new ConcurrentHashMap<>();

  /** Makes the group of a task whose metrics are kept here. */
  public TaskMetricGroup group() {
    TestingMetricRegistry registry =
        TestingMetricRegistry.builder()
            .setRegisterConsumer(
                (metric, name, group) -> {
                  String version = group.getAllVariables().get("<modelVersion>");
                  metrics.put(version == null ? name : name + " of " + version, metric);
                })
            .build();
    return TaskManagerMetricGroup.createTaskManagerMetricGroup(
            registry, "localhost", ResourceID.generate())
        .addJob(new JobID(), "job")
        .addTask(ExecutionAttemptID.randomId(), "task");
  }

  /** Value of a counter, 0 if there is none. */
  public long counter(String name) {
    Metric counter = metrics.get(name);
    return counter == null ? 0 : ((Counter) counter).getCount();
  }

  /** Counts the values of a histogram. */
  public long values(String name) {
    return ((Histogram) metrics.get(name)).getCount();
  }

  /** Value of a gauge. */
  public Object gauge(String name) {
    return ((Gauge<?>) metrics.get(name)).getValue();
  }

  /** All names. */
  public List<String> names() {
    return metrics.keySet().stream().sorted().toList();
  }

  /** Names of an operator's metrics on the page of metrics. */
  public static Set<String> documented(String operator) throws IOException {
    Set<String> documented = new TreeSet<>();
    for (String line : Files.readAllLines(DocsPage.of("metrics.md"))) {
      if (line.startsWith("| `" + operator + "` | `")) {
        documented.add(line.split("`")[3]);
      }
    }
    return documented;
  }
}
