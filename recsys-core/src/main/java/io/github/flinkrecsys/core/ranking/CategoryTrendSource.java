/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.catalog.Trends;
import io.github.flinkrecsys.core.replica.ItemReplica;
import it.unimi.dsi.fastutil.objects.Object2ObjectMap;
import it.unimi.dsi.fastutil.objects.Object2ObjectOpenHashMap;

/** What trends in the categories of the user's last items. */
final class CategoryTrendSource implements CandidateSource {
  private static final int RECENT = 10;
  private static final float DECAY = 0.85f;

  private final ItemReplica items;
  private final Trends trends;
  private final Object2ObjectOpenHashMap<String, Share> shares = new Object2ObjectOpenHashMap<>();

  /** How much of the user's attention a category has, and the newest item because of which. */
  private static final class Share {
    private final int reason;
    private float weight;

    Share(int reason) {
      this.reason = reason;
    }
  }

  CategoryTrendSource(ItemReplica items, Trends trends) {
    this.items = items;
    this.trends = trends;
  }

  @Override
  public String name() {
    return Sources.CATEGORY_TRENDING;
  }

  @Override
  public void retrieve(RankingContext context, Candidates into) {
    shares.clear();
    float weight = 1;
    int count = context.recent() == null ? 0 : context.recent().count;
    for (int n = count - 1; n >= Math.max(0, count - RECENT); n--) {
      int slot = items.slotOfHash(context.recent().hashes[n]);
      String category = slot < 0 ? null : trends.category(slot);
      if (category != null) {
        shares.computeIfAbsent(category, c -> new Share(slot)).weight += weight;
      }
      weight *= DECAY;
    }
    for (Object2ObjectMap.Entry<String, Share> entry : shares.object2ObjectEntrySet()) {
      Share share = entry.getValue();
      trends.leaders(
          entry.getKey(),
          context.atMillis(),
          (slot, trend) -> into.add(slot, (float) (share.weight * trend), share.reason));
    }
  }
}
