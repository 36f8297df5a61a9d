/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.catalog.TrendCounts;
import io.github.flinkrecsys.core.evaluation.EvaluationSums;
import io.github.flinkrecsys.core.evaluation.MetricSums;
import io.github.flinkrecsys.core.event.Attributes;
import io.github.flinkrecsys.core.event.EnrichedInteraction;
import io.github.flinkrecsys.core.event.Features;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.UserProfile;
import io.github.flinkrecsys.core.factorization.UserFactors;
import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.feature.FeatureState;
import io.github.flinkrecsys.core.feature.Impression;
import io.github.flinkrecsys.core.feature.OpenImpression;
import io.github.flinkrecsys.core.graph.GraphEdges;
import io.github.flinkrecsys.core.graph.GraphNode;
import io.github.flinkrecsys.core.graph.NodeEdges;
import io.github.flinkrecsys.core.neighbor.CoOccurrences;
import io.github.flinkrecsys.core.neighbor.IndexedSession;
import io.github.flinkrecsys.core.neighbor.ItemPair;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import io.github.flinkrecsys.core.neighbor.NeighborList;
import io.github.flinkrecsys.core.neighbor.NeighborListRule;
import io.github.flinkrecsys.core.neighbor.NeighborRows;
import io.github.flinkrecsys.core.ranking.BlendDeltas;
import io.github.flinkrecsys.core.ranking.BlendWeights;
import io.github.flinkrecsys.core.ranking.UserHistory;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import io.github.flinkrecsys.core.replica.ModelItems;
import io.github.flinkrecsys.operators.evaluation.ServedLists;
import io.github.flinkrecsys.operators.factorization.ItemFactorState;
import io.github.flinkrecsys.operators.feature.ImpressionProgress;
import io.github.flinkrecsys.operators.feature.JoinProgress;
import io.github.flinkrecsys.operators.feature.PopularityState;
import io.github.flinkrecsys.operators.feature.TrendingState;
import io.github.flinkrecsys.operators.graph.WalkOrigin;
import io.github.flinkrecsys.operators.graph.WalkProgress;
import io.github.flinkrecsys.operators.graph.WalkVisit;
import io.github.flinkrecsys.operators.neighbor.ItemCountState;
import io.github.flinkrecsys.operators.neighbor.OpenSessionItems;
import io.github.flinkrecsys.operators.neighbor.RecentItemIds;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the figures that the pages give for the size of state: bytes that Flink's serializer of the
 * state's type writes for one value. Ids have 10 characters, each of one byte.
 */
class StateSizeTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 20, 32, 64, 128})
  void factorsOfAUserAndOfAnItem(int factors) throws Exception {
    assertThat(bytes(UserFactors.class, new UserFactors(new float[factors + 1])))
        .isEqualTo(33 + 4 * (factors + 1));
    ItemFactorState item = new ItemFactorState();
    item.values = new float[factors + 1];
    assertThat(bytes(ItemFactorState.class, item)).isEqualTo(33 + 4 * (factors + 1));
  }

  /** The array of hashes is written whole: 8 places at first, doubled while it is full. */
  @ParameterizedTest
  @CsvSource({"0, 8", "8, 8", "9, 16", "100, 128", "2048, 2048", "5000, 2048"})
  void historyOfAUser(int interactions, int places) throws Exception {
    UserHistory history = new UserHistory();
    for (int i = 1; i <= interactions; i++) {
      history.seen.add(i, 2048);
    }
    assertThat(bytes(UserHistory.class, history)).isEqualTo(105 + 8 * (places + 8 + 4));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20})
  void recentItemsOfAUser(int items) throws Exception {
    RecentItemIds recent = new RecentItemIds();
    recent.itemIds = ids(items);
    assertThat(bytes(RecentItemIds.class, recent)).isEqualTo(15 + 11 * items);
  }

  /** Arrays of neighbours are written whole: 4 places at first, doubled while they are full. */
  @ParameterizedTest
  @CsvSource({"0, 0", "3, 4", "5, 8", "300, 300"})
  void neighborsOfAnItem(int neighbors, int places) throws Exception {
    NeighborListRule rule =
        new NeighborListRule(NeighborConfig.builder().build(), new DecayedCount(0));
    NeighborList list = new NeighborList();
    for (String id : ids(neighbors)) {
      rule.add(list, new ItemPair("item", id, 1, 0, 1, 1));
    }
    int unused = places - neighbors;
    assertThat(bytes(NeighborList.class, list)).isEqualTo(68 + 35 * neighbors + 25 * unused);
  }

  @ParameterizedTest
  @CsvSource({"0, 20", "1, 64", "100, 64", "1024, 32"})
  void deltasOfItems(int items, int factors) throws Exception {
    ItemDeltas deltas =
        new ItemDeltas(
            1,
            2,
            ids(items),
            new float[items * (factors + 1)],
            new long[items],
            new double[items],
            3,
            4);
    assertThat(bytes(ItemDeltas.class, deltas)).isEqualTo(57 + items * (31 + 4 * factors));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 1000})
  void sumsOfTheEvaluation(int listed) throws Exception {
    MetricSums merged = new MetricSums();
    merged.listedItems = new long[listed];
    assertThat(bytes(MetricSums.class, merged)).isEqualTo(92 + 8 * listed);
    EvaluationSums part =
        new EvaluationSums("factors", 0, 1, 10, 1, 0, 0, 0, 0, 0, 0, new long[listed], 5);
    assertThat(bytes(EvaluationSums.class, part)).isEqualTo(103 + "factors".length() + 8 * listed);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 100})
  void listsOfItems(int items) throws Exception {
    TrendingState trending = new TrendingState();
    trending.itemIds = ids(items);
    trending.stored = new double[items];
    assertThat(bytes(TrendingState.class, trending)).isEqualTo(22 + 19 * items);
    ServedLists served = new ServedLists();
    served.atMillis = new long[4];
    served.itemIds = new String[4][];
    Arrays.fill(served.itemIds, ids(items));
    assertThat(bytes(ServedLists.class, served)).isEqualTo(63 + 4 * 11 * items);
    assertThat(bytes(PopularityState.class, new PopularityState())).isEqualTo(28);
  }

  /**
   * Arrays of edges are written whole: 2 places at first, half as many more while they are full.
   */
  @ParameterizedTest
  @CsvSource({"0, 2", "2, 2", "3, 3", "4, 5", "100, 100"})
  void nodesOfTheGraph(int edges, int places) throws Exception {
    NodeEdges user = new NodeEdges();
    NodeEdges item = new NodeEdges();
    String[] ids = ids(edges);
    for (int n = 0; n < edges; n++) {
      user.put(n, ids[n], n, 100);
      item.put(n, null, n, 100);
    }
    int ofIds = edges == 0 ? 0 : 11 * edges + (places - edges);
    assertThat(bytes(NodeEdges.class, user)).isEqualTo(26 + 16 * places + ofIds);
    assertThat(bytes(NodeEdges.class, item)).isEqualTo(26 + 16 * places);
    GraphNode node = new GraphNode(true, 1, new long[edges], new long[edges]);
    assertThat(bytes(GraphNode.class, node)).isEqualTo(22 + 16 * edges);
    GraphEdges pending = new GraphEdges(1, new long[edges], new long[edges], new long[edges]);
    assertThat(bytes(GraphEdges.class, pending)).isEqualTo(25 + 24 * edges);
  }

  /** The formulas of profile-join.md, features.md and impression-join.md. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10})
  void profilesFeaturesAndImpressions(int n) throws Exception {
    Interaction click = Interaction.click("user000000", "item000000", 1);
    UserProfile profile =
        new UserProfile(
            "user000000",
            new Attributes(ids(n), ids(n)),
            new Features(ids(2 * n), new double[2 * n]),
            1);
    assertThat(bytes(UserProfile.class, profile)).isEqualTo(46 + 22 * n + 19 * 2 * n);
    assertThat(bytes(EnrichedInteraction.class, EnrichedInteraction.of(click))).isEqualTo(54);
    assertThat(bytes(JoinProgress.class, new JoinProgress())).isEqualTo(33);
    FeatureState features = new FeatureState();
    features.sums = new double[n];
    features.buckets = new int[2 * n];
    assertThat(bytes(FeatureState.class, features)).isEqualTo(29 + 8 * n + 4 * 2 * n);
    OpenImpression open =
        new OpenImpression(
            new Impression("user000000", "item000000", "list000000", 0, new float[n], 1, 1));
    assertThat(bytes(OpenImpression.class, open)).isEqualTo(83 + 4 * n);
    assertThat(bytes(Interaction.class, click)).isEqualTo(50);
    assertThat(bytes(ImpressionProgress.class, new ImpressionProgress())).isEqualTo(20);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 50})
  void countsAndOpenSessions(int items) throws Exception {
    assertThat(bytes(ItemCountState.class, new ItemCountState())).isEqualTo(19);
    OpenSessionItems session = new OpenSessionItems();
    session.itemIds = ids(items);
    assertThat(bytes(OpenSessionItems.class, session)).isEqualTo(15 + 11 * items);
  }

  /** Of the ids, that of the request is the longest. */
  @ParameterizedTest
  @ValueSource(ints = {10, 39})
  void walksThatAreOnTheirWay(int keyLength) throws Exception {
    WalkOrigin origin =
        new WalkOrigin("k".repeat(keyLength), "user000000", 1, 10, 1, "item000000", 1);
    assertThat(bytes(WalkVisit.class, new WalkVisit(origin, "item000000", 1, 1)))
        .isEqualTo(79 + keyLength);
    assertThat(bytes(WalkProgress.class, new WalkProgress())).isEqualTo(17);
  }

  /** What the replica writes beside sums of items, metadata and the graph. */
  @ParameterizedTest
  @CsvSource({"1, 1", "10, 20", "1024, 300"})
  void unionStatesOfTheReplica(int items, int neighbors) throws Exception {
    NeighborRows rows =
        new NeighborRows(
            ids(items),
            new int[items * (2 + neighbors)],
            new long[items],
            new float[3 * items * neighbors]);
    assertThat(bytes(NeighborRows.class, rows))
        .isEqualTo(21 + items * 11 + items * (16 + 16 * neighbors));
    TrendCounts trends = new TrendCounts(1, ids(items), new double[items]);
    assertThat(bytes(TrendCounts.class, trends)).isEqualTo(20 + 19 * items);
    IndexedSession session = new IndexedSession(1, ids(items), 1);
    assertThat(bytes(IndexedSession.class, session)).isEqualTo(24 + 11 * items);
    assertThat(bytes(ModelItems.class, new ModelItems(1, 1, 1))).isEqualTo(20);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void weightsOfTheBlend(int sources) throws Exception {
    BlendWeights weights = new BlendWeights();
    double[] values = new double[12 * sources];
    Arrays.fill(values, 1);
    weights.add(new BlendDeltas(1, ids(sources), values));
    assertThat(bytes(BlendDeltas.class, weights.copy(1))).isEqualTo(20 + (11 + 12 * 8) * sources);
  }

  /** Interactions since the last flush, each with as many recent items. */
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 20", "64, 20"})
  void pendingCoOccurrences(int interactions, int recent) throws Exception {
    CoOccurrences pending =
        new CoOccurrences(
            1,
            1,
            ids(interactions),
            new int[interactions * (2 + recent)],
            new float[interactions],
            new long[interactions]);
    assertThat(bytes(CoOccurrences.class, pending))
        .isEqualTo(39 + 11 * interactions + interactions * (20 + 4 * recent));
  }

  private static String[] ids(int count) {
    return IntStream.range(0, count).mapToObj("item%06d"::formatted).toArray(String[]::new);
  }

  private static <T> int bytes(Class<T> type, T value) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeInformation.of(type).createSerializer(new SerializerConfigImpl()).serialize(value, out);
    return out.length();
  }
}
