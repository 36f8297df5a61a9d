/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.graph;

import io.github.flinkrecsys.core.event.RecommendationRequest;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Takes requests out of the reckoning of event time: an operator with two inputs goes by the lesser
 * watermark, and requests that have none would keep the graph from ever letting go of a node.
 */
final class WithoutWatermarks implements WatermarkGenerator<RecommendationRequest> {
  static WatermarkStrategy<RecommendationRequest> strategy() {
    return WatermarkStrategy.forGenerator(context -> new WithoutWatermarks())
        .withTimestampAssigner((request, ignored) -> request.timestampMillis());
  }

  @Override
  public void onEvent(RecommendationRequest request, long timestamp, WatermarkOutput output) {
    output.markIdle();
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    output.markIdle();
  }
}
