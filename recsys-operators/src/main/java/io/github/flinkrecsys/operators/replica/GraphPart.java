/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.replica;

import io.github.flinkrecsys.core.graph.GraphEdges;
import io.github.flinkrecsys.core.graph.GraphNode;
import io.github.flinkrecsys.core.graph.InteractionGraph;
import java.util.List;
import org.apache.flink.api.common.state.OperatorStateStore;

/** Edges of the graph. They have no sums: an edge that is there already is taken once. */
final class GraphPart extends ReplicaPart<GraphNode> {
  GraphPart(ReplicaShare share, OperatorStateStore store, String name) throws Exception {
    super(share, store, name, GraphNode.class);
  }

  /**
   * Adds edges: the leading subtask for the replica, the others those of their shares, since a
   * checkpoint needs what lies before its own barrier.
   */
  void connect(GraphEdges edges) {
    if (share.isForeign(edges.origin())) {
      share.replica().graph().addAll(edges, node -> true);
    } else if (edges.origin() != share.replica().origin()) {
      share.replica().graph().addAll(edges, this::isOwnNode);
    }
  }

  private boolean isOwnNode(long node) {
    return InteractionGraph.share(node, share.subtasks()) == share.subtask();
  }

  @Override
  void addToReplica(GraphNode node) {
    share.replica().graph().restore(node);
  }

  @Override
  List<GraphNode> copy() {
    return share.replica().graph().nodes(share.subtask(), share.subtasks());
  }
}
