/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.replica;

import io.github.flinkrecsys.core.catalog.TrendCounts;
import io.github.flinkrecsys.core.catalog.Trends;
import java.util.List;
import org.apache.flink.api.common.state.OperatorStateStore;

/** Counts of what is trending. */
final class TrendPart extends ReplicaPart<TrendCounts> {
  private final Trends own;

  TrendPart(ReplicaShare share, OperatorStateStore store, String name, ReplicaSettings settings)
      throws Exception {
    super(share, store, name, TrendCounts.class);
    this.own = new Trends(settings.catalog(), share.replica().items());
  }

  void add(TrendCounts counts) {
    if (share.isForeign(counts.origin())) {
      addToReplica(counts);
    }
    addToShare(counts);
  }

  @Override
  void addToReplica(TrendCounts counts) {
    share.replica().trends().addAll(counts, slot -> true);
  }

  @Override
  void addToShare(TrendCounts counts) {
    own.addAll(counts, share::isOwn);
  }

  @Override
  List<TrendCounts> copy() {
    return own.isEmpty() ? List.of() : List.of(own.copy(share.replica().origin()));
  }
}
