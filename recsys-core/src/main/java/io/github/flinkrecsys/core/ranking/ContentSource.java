/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.catalog.ContentIndex;
import io.github.flinkrecsys.core.replica.ItemReplica;

/** Little known items that share attributes with the user's last ones. */
final class ContentSource implements CandidateSource {
  private static final int RECENT = 10;
  private static final float DECAY = 0.85f;

  private final ItemReplica items;
  private final ContentIndex index;

  ContentSource(ItemReplica items, ContentIndex index) {
    this.items = items;
    this.index = index;
  }

  @Override
  public String name() {
    return Sources.CONTENT;
  }

  @Override
  public void retrieve(RankingContext context, Candidates into) {
    float weight = 1;
    int count = context.recent() == null ? 0 : context.recent().count;
    for (int n = count - 1; n >= Math.max(0, count - RECENT); n--) {
      int recent = items.slotOfHash(context.recent().hashes[n]);
      if (recent >= 0) {
        float times = weight;
        index.alike(recent, (slot, likeness) -> into.add(slot, times * likeness, recent));
      }
      weight *= DECAY;
    }
  }
}
