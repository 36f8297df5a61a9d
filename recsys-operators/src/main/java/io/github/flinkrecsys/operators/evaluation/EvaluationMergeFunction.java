/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.evaluation;

import io.github.flinkrecsys.core.evaluation.EvaluationResult;
import io.github.flinkrecsys.core.evaluation.EvaluationSums;
import io.github.flinkrecsys.core.evaluation.MetricSums;
import io.github.flinkrecsys.operators.util.MetricNames;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Merges the sums of all subtasks. Keyed by source. When a window closes, its metrics come out, and
 * those of everything so far.
 *
 * <p>Sums that come after their window has closed count in the total alone ({@code lateParts}).
 * State, both bounded: {@value #WINDOWS} per source, one entry per window that the watermark has
 * not passed; {@value #TOTAL} per source, 8 bytes per item that was ever listed, which are at most
 * the items known, so {@code maxItems} of the model. Sources are those of the job, so there is no
 * TTL: a total that forgot would be none.
 */
public final class EvaluationMergeFunction
    extends KeyedProcessFunction<String, EvaluationSums, EvaluationResult> {
  static final String WINDOWS = "evaluation-windows";
  static final String TOTAL = "evaluation-total";

  private static final long serialVersionUID = 1L;

  private transient MapState<Long, MetricSums> windows;
  private transient ValueState<MetricSums> total;
  private transient Counter lateParts;
  private transient WindowGauges gauges;

  /** Makes the function. */
  public EvaluationMergeFunction() {}

  @Override
  public void open(OpenContext openContext) {
    windows =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(WINDOWS, Types.LONG, Types.POJO(MetricSums.class)));
    total = getRuntimeContext().getState(new ValueStateDescriptor<>(TOTAL, MetricSums.class));
    lateParts = getRuntimeContext().getMetricGroup().counter(MetricNames.LATE_PARTS);
    gauges = new WindowGauges(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(EvaluationSums part, Context context, Collector<EvaluationResult> out)
      throws Exception {
    MetricSums all = orEmpty(total.value());
    all.add(part);
    total.update(all);
    long end = part.windowEndMillis();
    if (end - 1 <= context.timerService().currentWatermark()) {
      lateParts.inc();
      context.timerService().registerEventTimeTimer(Long.MAX_VALUE);
      return;
    }
    MetricSums window = orEmpty(windows.get(end));
    window.add(part);
    windows.put(end, window);
    context.timerService().registerEventTimeTimer(end - 1);
  }

  private static MetricSums orEmpty(MetricSums sums) {
    return sums == null ? new MetricSums() : sums;
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<EvaluationResult> out)
      throws Exception {
    String source = context.getCurrentKey();
    boolean atEnd = timestamp == Long.MAX_VALUE;
    long end = atEnd ? timestamp : timestamp + 1;
    MetricSums window = windows.get(end);
    if (window != null) {
      windows.remove(end);
      EvaluationResult result = window.result(source, false, end);
      gauges.show(result);
      out.collect(result);
    }
    out.collect(total.value().result(source, true, end));
  }
}
