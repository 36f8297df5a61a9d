/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.evaluation;

import io.github.flinkrecsys.core.evaluation.EvaluationResult;
import io.github.flinkrecsys.operators.util.MetricNames;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** Shows the metrics of each source's last window, with the label {@link MetricNames#SOURCE}. */
final class WindowGauges {
  private final MetricGroup group;
  private final Map<String, Last> bySource = new HashMap<>();

  /** The result that reporters, on threads of their own, read. */
  private static final class Last {
    volatile EvaluationResult result;
  }

  WindowGauges(MetricGroup group) {
    this.group = group;
  }

  void show(EvaluationResult result) {
    Last last = bySource.get(result.source());
    if (last == null) {
      last = new Last();
      last.result = result;
      bySource.put(result.source(), last);
      register(group.addGroup(MetricNames.SOURCE, result.source()), last);
    }
    last.result = result;
  }

  private static void register(MetricGroup ofSource, Last last) {
    gauge(ofSource, MetricNames.WINDOW_SCORED, last, EvaluationResult::scored);
    gauge(ofSource, MetricNames.WINDOW_RECALL, last, EvaluationResult::recall);
    gauge(ofSource, MetricNames.WINDOW_MRR, last, EvaluationResult::mrr);
    gauge(ofSource, MetricNames.WINDOW_NDCG, last, EvaluationResult::ndcg);
    gauge(ofSource, MetricNames.WINDOW_COVERAGE, last, EvaluationResult::coverage);
  }

  private static void gauge(
      MetricGroup ofSource, String name, Last last, ToDoubleFunction<EvaluationResult> value) {
    ofSource.gauge(name, (Gauge<Double>) () -> value.applyAsDouble(last.result));
  }
}
