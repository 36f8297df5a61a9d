/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.ranking;

import io.github.flinkrecsys.core.ranking.CandidateSource;
import io.github.flinkrecsys.core.ranking.Candidates;
import io.github.flinkrecsys.core.ranking.RankingContext;

/** Cannot be closed. */
public final class BrokenSource implements CandidateSource {
  @Override
  public String name() {
    return "broken";
  }

  @Override
  public void retrieve(RankingContext context, Candidates into) {}

  @Override
  public void close() {
    throw new IllegalStateException("planned");
  }
}
