/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.catalog.CatalogConfig;
import io.github.flinkrecsys.core.catalog.ContentIndex;
import io.github.flinkrecsys.core.catalog.Trends;
import io.github.flinkrecsys.core.event.Attributes;
import io.github.flinkrecsys.core.event.Features;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.graph.GraphConfig;
import io.github.flinkrecsys.core.graph.InteractionGraph;
import io.github.flinkrecsys.core.neighbor.IndexedSession;
import io.github.flinkrecsys.core.neighbor.ItemNeighbors;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import io.github.flinkrecsys.core.neighbor.RecentItems;
import io.github.flinkrecsys.core.neighbor.SessionIndex;
import io.github.flinkrecsys.core.neighbor.SessionIndexConfig;
import io.github.flinkrecsys.core.replica.ItemReplica;
import io.github.flinkrecsys.core.replica.ModelProgress;
import io.github.flinkrecsys.core.replica.ReplicaConfig;
import io.github.flinkrecsys.core.session.OpenSession;
import io.github.flinkrecsys.core.util.Hashes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each source of the catalogue and of sessions brings into a list, and why. */
class BuiltInSourcesTest {
  private static final DecayedCount DECAY = DecayedCount.withHalfLife(DecayedCount.NEVER);
  private static final long NOW = 1_700_000_000_000L;

  private static final long HOUR = 3_600_000;

  private final ItemReplica items = new ItemReplica(new ReplicaConfig(2, 0, 1, 100));
  private final CatalogConfig catalog = CatalogConfig.builder().build();
  private final Trends trends = new Trends(catalog, items);
  private final SessionIndex sessions = new SessionIndex(SessionIndexConfig.builder().build());
  private final ContentIndex content = new ContentIndex(catalog, items);

  /** Shoes s0 to s2 and hats h0 to h2, all used as often; "new" is a shoe that nobody knows. */
  BuiltInSourcesTest() {
    for (int n = 0; n < 3; n++) {
      put("s" + n, "shoe");
      put("h" + n, "hat");
      items.addPopularity(items.slot("s" + n), DECAY.of(50, NOW));
      items.addPopularity(items.slot("h" + n), DECAY.of(50, NOW));
    }
    put("new", "shoe");
  }

  private void put(String itemId, String category) {
    items.admit(itemId);
    ItemMetadata metadata =
        new ItemMetadata(itemId, Attributes.of(Map.of("category", category)), Features.NONE, 1);
    items.putMetadata(metadata);
    content.put(items.slot(itemId), null, metadata);
  }

  @Test
  void trendingBringsWhatLeadsInAll() {
    trends.learn(items.slot("h2"), 5, NOW);
    trends.learn(items.slot("s2"), 3, NOW);
    assertThat(found(Sources.TRENDING, user("s0"))).containsExactly("h2", "s2");
    assertThat(first(Sources.TRENDING, user("s0")).becauseItemId()).isNull();
  }

  @Test
  void categoryTrendingBringsWhatLeadsAmongItemsLikeTheLastOnes() {
    trends.learn(items.slot("h2"), 5, NOW);
    trends.learn(items.slot("s2"), 3, NOW);
    trends.learn(items.slot("s1"), 4, NOW);
    assertThat(found(Sources.CATEGORY_TRENDING, user("s0"))).containsExactly("s1", "s2");
    ScoredItem first = first(Sources.CATEGORY_TRENDING, user("s0"));
    assertThat(first.itemId()).isEqualTo("s1");
    assertThat(first.becauseItemId()).isEqualTo("s0");
    assertThat(found(Sources.CATEGORY_TRENDING, user("unheard-of"))).isEmpty();
  }

  @Test
  void contentBringsItemsOfWhichNobodyKnows() {
    assertThat(found(Sources.CONTENT, user("s0"))).contains("new").doesNotContain("h0", "h1");
    ScoredItem first = first(Sources.CONTENT, user("s0"));
    assertThat(first.itemId()).isIn("new", "s1", "s2");
    assertThat(first.becauseItemId()).isEqualTo("s0");
  }

  @Test
  void sessionNeighborsBringWhatLikeSessionsWentOnTo() {
    sessions.add(IndexedSession.of("1", new String[] {"s0", "h1"}, NOW - 5 * HOUR));
    sessions.add(IndexedSession.of("2", new String[] {"s1", "h2"}, NOW - 4 * HOUR));
    assertThat(found(Sources.SESSION_NEIGHBORS, user("s0"))).containsExactly("h1");
    ScoredItem first = first(Sources.SESSION_NEIGHBORS, user("s0"));
    assertThat(first.itemId()).isEqualTo("h1");
    assertThat(first.becauseItemId()).isEqualTo("s0");
  }

  private static RankingContext user(String lastItemId) {
    long hash = Hashes.hash(lastItemId);
    RecentItems recent = new RecentItems();
    recent.add(hash, 20);
    SeenItems seen = new SeenItems();
    seen.add(hash, 20);
    OpenSession session = new OpenSession();
    session.add(hash, NOW, 60_000, 5);
    return new RankingContext(new float[3], seen, recent, session, NOW);
  }

  private List<String> found(String source, RankingContext context) {
    return ranker(source).rank(context).stream()
        .filter(list -> list.source().equals(source))
        .flatMap(list -> Arrays.stream(list.slots, 0, list.size).mapToObj(items::id))
        .toList();
  }

  /** Gives the first item of the list in which this source alone has weight. */
  private ScoredItem first(String source, RankingContext context) {
    Ranker ranker = ranker(source);
    ranker.rank(context);
    ScoredItem first = ranker.recommend("u", 1, null, false).items()[0];
    assertThat(first.source()).isEqualTo(source);
    return first;
  }

  private Ranker ranker(String source) {
    BlendConfig.Builder blend = BlendConfig.builder().fixed();
    Sources.BUILT_IN.forEach(name -> blend.weight(name, name.equals(source) ? 1 : 0));
    return new Ranker(
        RankingConfig.builder().blend(blend.build()).build(),
        new ItemModels(
            items,
            DECAY,
            new ItemNeighbors(NeighborConfig.NONE, items, DECAY),
            sessions,
            trends,
            content,
            new BlendWeights(),
            new InteractionGraph(GraphConfig.NONE),
            new ModelProgress()));
  }
}
