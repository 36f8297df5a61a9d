/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.catalog.Trends;

/** What trends in all. */
final class TrendSource implements CandidateSource {
  private final Trends trends;

  TrendSource(Trends trends) {
    this.trends = trends;
  }

  @Override
  public String name() {
    return Sources.TRENDING;
  }

  @Override
  public void retrieve(RankingContext context, Candidates into) {
    trends.leaders(null, context.atMillis(), (slot, count) -> into.add(slot, (float) count, -1));
  }
}
