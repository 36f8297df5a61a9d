/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.graph;

import io.github.flinkrecsys.core.graph.Edges;
import io.github.flinkrecsys.core.graph.GraphConfig;
import io.github.flinkrecsys.core.graph.NodeEdges;
import io.github.flinkrecsys.operators.util.EventTimeTtl;
import io.github.flinkrecsys.operators.util.KeyCounters;
import io.github.flinkrecsys.operators.util.MetricNames;
import java.io.IOException;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;

/**
 * The newest edges of a node as keyed state, {@value #STATE}: bounded in number, freed one window
 * after the newest edge. Belongs to one subtask.
 */
final class KeyedNode {
  static final String STATE = "graph-node";

  private final GraphConfig config;
  private final NodeKind kind;
  private final ValueState<NodeEdges> state;
  private final KeyCounters keys;
  private final Counter expired;

  KeyedNode(GraphConfig config, NodeKind kind, RuntimeContext context) {
    this.config = config;
    this.kind = kind;
    this.state = context.getState(new ValueStateDescriptor<>(STATE, NodeEdges.class));
    this.keys = KeyCounters.in(context.getMetricGroup());
    this.expired = context.getMetricGroup().counter(MetricNames.EXPIRED_EDGES);
  }

  /** Adds an edge; one that has left the window before it came is counted. */
  void put(GraphEdge edge, TimerService timers) throws IOException {
    long at = Edges.millis(edge.stamp());
    long watermark = timers.currentWatermark();
    NodeEdges node = state.value();
    boolean isExpired =
        node != null && at < config.fromMillis(node.newestMillis())
            || watermark != Long.MAX_VALUE && at < config.fromMillis(watermark);
    if (isExpired || !config.isOn()) {
      expired.inc();
      return;
    }
    if (node == null) {
      node = new NodeEdges();
      keys.added().inc();
      EventTimeTtl.start(timers, at, config.window());
    }
    int before = node.count;
    boolean isNewer =
        kind == NodeKind.USER
            ? node.put(edge.item(), edge.itemId(), edge.stamp(), config.edgesPerUser())
            : node.put(edge.user(), null, edge.stamp(), config.edgesPerItem());
    node.dropBefore(config.fromMillis(node.newestMillis()));
    if (isNewer || node.count != before) {
      state.update(node);
    }
  }

  /** Gives the edges, or null if there are none. */
  NodeEdges edges() throws IOException {
    return state.value();
  }

  /** Frees the node if its newest edge has left the window. */
  void onTimer(long timestamp, TimerService timers) throws IOException {
    NodeEdges node = state.value();
    if (node != null
        && EventTimeTtl.isOver(timers, timestamp, node.newestMillis(), config.window())) {
      state.clear();
      keys.freed().inc();
    }
  }
}
