/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.evaluation.EvaluationConfig;
import io.github.flinkrecsys.core.evaluation.EvaluationSums;
import io.github.flinkrecsys.core.event.ConfidenceWeights;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.UserProfile;
import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.feature.FeatureConfig;
import io.github.flinkrecsys.core.feature.Impression;
import io.github.flinkrecsys.core.feature.ImpressionJoinConfig;
import io.github.flinkrecsys.core.feature.ProfileJoinConfig;
import io.github.flinkrecsys.core.graph.GraphConfig;
import io.github.flinkrecsys.core.graph.WalkConfig;
import io.github.flinkrecsys.core.neighbor.ItemPair;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import io.github.flinkrecsys.core.neighbor.SessionIndexConfig;
import io.github.flinkrecsys.core.neighbor.SessionNeighborConfig;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.session.SessionConfig;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.operators.evaluation.EvaluationMergeFunction;
import io.github.flinkrecsys.operators.evaluation.PrequentialEvaluationFunction;
import io.github.flinkrecsys.operators.event.ParseFunction;
import io.github.flinkrecsys.operators.event.ValidateFunction;
import io.github.flinkrecsys.operators.factorization.ItemDelta;
import io.github.flinkrecsys.operators.factorization.ItemFactorLoadFunction;
import io.github.flinkrecsys.operators.factorization.ModelReadFunction;
import io.github.flinkrecsys.operators.factorization.ModelRow;
import io.github.flinkrecsys.operators.factorization.ModelSettings;
import io.github.flinkrecsys.operators.feature.FeatureFunction;
import io.github.flinkrecsys.operators.feature.FeatureKeys;
import io.github.flinkrecsys.operators.feature.ImpressionJoinFunction;
import io.github.flinkrecsys.operators.feature.ItemPopularity;
import io.github.flinkrecsys.operators.feature.PopularityFunction;
import io.github.flinkrecsys.operators.feature.ProfileJoinFunction;
import io.github.flinkrecsys.operators.feature.TrendingFunction;
import io.github.flinkrecsys.operators.graph.AdjacencyFunction;
import io.github.flinkrecsys.operators.graph.GraphEdge;
import io.github.flinkrecsys.operators.graph.NodeKind;
import io.github.flinkrecsys.operators.graph.WalkCollectFunction;
import io.github.flinkrecsys.operators.graph.WalkStartFunction;
import io.github.flinkrecsys.operators.graph.Walkers;
import io.github.flinkrecsys.operators.neighbor.ItemCountFunction;
import io.github.flinkrecsys.operators.neighbor.ItemNeighborFunction;
import io.github.flinkrecsys.operators.neighbor.ItemPairFunction;
import io.github.flinkrecsys.operators.ranking.ServingSettings;
import io.github.flinkrecsys.operators.session.SessionizeFunction;
import io.github.flinkrecsys.operators.testing.Harnesses;
import io.github.flinkrecsys.operators.testing.RecommenderHarness;
import io.github.flinkrecsys.operators.testing.Slot;
import io.github.flinkrecsys.operators.testing.Subtask;
import io.github.flinkrecsys.operators.util.MetricNames;
import io.github.flinkrecsys.savepoints.DocsPage;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.metrics.Metric;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The metrics that functions register are those of docs/metrics.md, and the other way around. */
class MetricNamesTest {
  private static final Pattern ROW =
      Pattern.compile("\\| `([A-Z][A-Za-z]+Function)` \\| `([A-Za-z]+)` \\| ([a-z]+) \\|.*");
  private static final Duration DAY = Duration.ofDays(1);
  private static final DecayedCount DECAY = DecayedCount.withHalfLife(DAY);

  private final Set<String> flinks = new TreeSet<>();
  private final Set<String> registered = new TreeSet<>();

  @BeforeEach
  void lookAtFunctionsWithoutMetrics() throws Exception {
    try (var one = keyed(new Bare(), value -> value);
        var two = connected(new BareOfTwo(), value -> value, value -> value)) {
      one.start();
      two.start();
      flinks.addAll(one.metrics().keySet());
      flinks.addAll(two.metrics().keySet());
    }
  }

  @Test
  void metricsAreThoseOfTheTable() throws Exception {
    openEventFunctions();
    openJoins();
    openItemSide();
    openUserSide();
    openWalks();
    openEvaluation();
    assertThat(registered).isEqualTo(documented());
  }

  @Test
  void everyNameIsOnThePage() throws Exception {
    String page = Files.readString(DocsPage.of("metrics.md"));
    for (Field field : MetricNames.class.getFields()) {
      assertThat(page).contains("`" + field.get(null) + "`");
    }
  }

  private void openEventFunctions() throws Exception {
    open("ParseFunction", Harnesses.plain(ParseFunction.interactions(line -> null), Slot.alone()));
    open("ValidateFunction", Harnesses.plain(ValidateFunction.interactions(), Slot.alone()));
    open(
        "SessionizeFunction",
        keyed(SessionizeFunction.forInteractions(SessionConfig.defaults()), Interaction::userId));
  }

  private void openJoins() throws Exception {
    open(
        "ProfileJoinFunction",
        connected(
            ProfileJoinFunction.users(ProfileJoinConfig.builder().build()),
            FeatureKeys::user,
            UserProfile::userId));
    open(
        "FeatureFunction",
        keyed(
            new FeatureFunction(FeatureConfig.builder().count("n", DAY, "view").build()),
            FeatureKeys::user));
    open(
        "ImpressionJoinFunction",
        connected(
            new ImpressionJoinFunction(ImpressionJoinConfig.builder().build()),
            Impression::userId,
            Interaction::userId));
  }

  private void openItemSide() throws Exception {
    NeighborConfig neighbors = NeighborConfig.builder().build();
    ConfidenceWeights weights = ConfidenceWeights.EQUAL;
    open("PopularityFunction", keyed(new PopularityFunction(DAY, weights), Interaction::itemId));
    open("TrendingFunction", keyed(new TrendingFunction(DECAY, 3, DAY), ItemPopularity::itemId));
    open(
        "ItemPairFunction",
        keyed(new ItemPairFunction(neighbors, weights, DAY), Interaction::userId));
    open("ItemCountFunction", keyed(new ItemCountFunction(DECAY, DAY), ItemPair::neighborId));
    open(
        "ItemNeighborFunction",
        keyed(new ItemNeighborFunction(neighbors, DECAY, 5, DAY), ItemPair::itemId));
  }

  private void openUserSide() throws Exception {
    ModelSettings model =
        ModelSettings.builder("m").sessionIndex(SessionIndexConfig.defaults()).build();
    ServingSettings serving = ServingSettings.onUpdate(RankingConfig.builder().build());
    EvaluationConfig evaluation = EvaluationConfig.of(10, DAY);
    try (var taskManager = RecommenderHarness.open(model, 1)) {
      add("ItemReplicaFunction", taskManager.writer(0));
      open("RecommenderFunction", taskManager.recommender(0, serving, evaluation));
      open("UserFactorFunction", taskManager.userFactors(0));
      open("TopKRankingFunction", taskManager.ranking(0, serving));
      open("ItemFactorFunction", taskManager.owners());
      open(
          "ItemFactorLoadFunction",
          connected(new ItemFactorLoadFunction(model), ItemDelta::itemId, ModelRow::id));
      open("ModelReadFunction", Harnesses.plain(new ModelReadFunction(model, true), Slot.alone()));
      open(
          "SessionNeighborFunction",
          taskManager.sessionNeighbors(0, SessionNeighborConfig.defaults(), DAY));
    }
  }

  private void openWalks() throws Exception {
    GraphConfig graph = GraphConfig.builder().build();
    WalkConfig walk = WalkConfig.builder().build();
    open(
        "WalkStartFunction",
        Harnesses.connected(
            new WalkStartFunction(graph, walk),
            GraphEdge::user,
            request -> Hashes.hash(request.key()),
            Types.LONG,
            "hashmap",
            Slot.alone()));
    open(
        "AdjacencyFunction",
        Harnesses.connected(
            new AdjacencyFunction(NodeKind.ITEM, graph, walk),
            GraphEdge::item,
            Walkers::node,
            Types.LONG,
            "hashmap",
            Slot.alone()));
    open(
        "WalkCollectFunction",
        keyed(new WalkCollectFunction(walk, DAY), visit -> visit.origin().request()));
  }

  private void openEvaluation() throws Exception {
    open(
        "PrequentialEvaluationFunction",
        connected(
            new PrequentialEvaluationFunction(EvaluationConfig.of(10, DAY), DAY),
            RecommendationList::userId,
            Interaction::userId));
    try (var merge = keyed(new EvaluationMergeFunction(), EvaluationSums::source)) {
      merge.start();
      merge.send(new EvaluationSums("s", 0, 100, 10, 4, 2, 1, 1, 0, 0, 0, new long[] {1, 2}, 50));
      assertThat(merge.metrics()).doesNotContainKey(MetricNames.WINDOW_RECALL);
      merge.watermark(99);
      assertThat(merge.gauge(MetricNames.WINDOW_RECALL)).isEqualTo(0.5);
      assertThat(merge.gauge(MetricNames.WINDOW_SCORED)).isEqualTo(4.0);
      merge.send(new EvaluationSums("s", 100, 200, 10, 4, 3, 1, 1, 0, 0, 0, new long[0], 50));
      merge.watermark(199);
      assertThat(merge.gauge(MetricNames.WINDOW_RECALL)).isEqualTo(0.75);
      add("EvaluationMergeFunction", merge);
    }
  }

  private void open(String function, Subtask<?> subtask) throws Exception {
    try (subtask) {
      subtask.start();
      add(function, subtask);
    }
  }

  private void add(String function, Subtask<?> subtask) {
    subtask
        .metrics()
        .forEach(
            (name, metric) -> {
              if (!flinks.contains(name)) {
                registered.add(function + " " + name + " " + kind(metric));
              }
            });
  }

  private static String kind(Metric metric) {
    return switch (metric.getMetricType()) {
      case COUNTER -> "counter";
      case GAUGE -> "gauge";
      case HISTOGRAM -> "histogram";
      case METER -> "meter";
    };
  }

  private static Set<String> documented() throws Exception {
    Set<String> documented = new TreeSet<>();
    for (String line : Files.readAllLines(DocsPage.of("metrics.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        documented.add(row.group(1) + " " + row.group(2) + " " + row.group(3));
      }
    }
    return documented;
  }

  private static <I, O> Harnesses.Keyed<String, I, O> keyed(
      KeyedProcessFunction<String, I, O> function, KeySelector<I, String> key) throws Exception {
    return Harnesses.keyed(function, key, Types.STRING);
  }

  private static <A, B, O> Harnesses.Connected<A, B, O> connected(
      KeyedCoProcessFunction<String, A, B, O> function,
      KeySelector<A, String> key1,
      KeySelector<B, String> key2)
      throws Exception {
    return Harnesses.connected(function, key1, key2, "hashmap", Slot.alone());
  }

  /** A function without metrics: what is registered for it is Flink's own. */
  private static final class Bare extends KeyedProcessFunction<String, String, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(String value, Context context, Collector<String> out) {}
  }

  /** The same with two inputs. */
  private static final class BareOfTwo
      extends KeyedCoProcessFunction<String, String, String, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement1(String value, Context context, Collector<String> out) {}

    @Override
    public void processElement2(String value, Context context, Collector<String> out) {}
  }
}
