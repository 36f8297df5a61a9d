/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.neighbor.RecentItems;
import io.github.flinkrecsys.core.ranking.BlendConfig;
import io.github.flinkrecsys.core.ranking.ItemModels;
import io.github.flinkrecsys.core.ranking.Ranker;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.ranking.RankingContext;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.replica.ReplicaConfig;
import io.github.flinkrecsys.core.session.OpenSession;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.inference.sequence.OnnxSequenceSource;
import io.github.flinkrecsys.inference.sequence.SequenceModelConfig;
import java.time.Duration;

/** A ranker of the items a, b, c and d, in which a sequence model has the say. */
final class SequenceShop implements AutoCloseable {
  private static final long NOW = 1_700_000_000_000L;

  private final Ranker ranker;

  SequenceShop(SequenceModelConfig config) {
    ItemReplica replica = new ItemReplica(new ReplicaConfig(2, 0, 1, 10));
    for (String id : new String[] {"a", "b", "c", "d"}) {
      replica.addPopularity(replica.admit(id), 1);
    }
    RankingConfig ranking =
        RankingConfig.builder()
            .source(OnnxSequenceSource.factory(config))
            .blend(BlendConfig.builder().weight(SequenceModelConfig.NAME, 10).build())
            .build();
    ranker =
        new Ranker(ranking, ItemModels.of(replica, DecayedCount.withHalfLife(Duration.ofDays(1))));
  }

  /** Gives what is expected after a for nobody in particular. */
  String next() {
    return next(0, "a");
  }

  /** Gives what is expected after a for a user. */
  String next(String user) {
    return next(Hashes.hash(user), "a");
  }

  /** Gives what is expected after an item, an empty text if the model expects nothing. */
  String next(long userHash, String seen) {
    OpenSession open = new OpenSession();
    RecentItems recent = new RecentItems();
    open.add(Hashes.hash(seen), NOW, 1_000, 10);
    recent.add(Hashes.hash(seen), 10);
    ranker.rank(new RankingContext(null, null, recent, open, NOW, userHash, false));
    ScoredItem best = ranker.recommend("u", 3, null, false).items()[0];
    return best.source().equals(SequenceModelConfig.NAME) ? best.itemId() : "";
  }

  long failures() {
    return ranker.takeSourceFailures();
  }

  @Override
  public void close() {
    ranker.close();
  }
}
