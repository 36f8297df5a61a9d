/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.replica.ItemReplica;

/** Every item by its decayed number of interactions, as a binary logarithm. */
final class PopularitySource implements CandidateSource {
  private final ItemReplica items;
  private final DecayedCount decay;

  PopularitySource(ItemReplica items, DecayedCount decay) {
    this.items = items;
    this.decay = decay;
  }

  @Override
  public String name() {
    return Sources.POPULARITY;
  }

  @Override
  public void retrieve(RankingContext context, Candidates into) {
    double age = decay.logAt(context.atMillis());
    int size = items.size();
    float[] scores = into.fill(size);
    for (int from = 0; from < size; from += ItemReplica.CHUNK_ROWS) {
      double[] counts = items.popularities(from);
      int rows = Math.min(ItemReplica.CHUNK_ROWS, size - from);
      for (int row = 0; row < rows; row++) {
        scores[from + row] = (float) (counts[row] - age);
      }
    }
  }
}
