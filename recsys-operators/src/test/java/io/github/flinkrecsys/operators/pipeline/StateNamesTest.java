/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flinkrecsys.core.event.Attributes;
import io.github.flinkrecsys.core.event.Features;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.operators.catalog.TrendStage;
import io.github.flinkrecsys.operators.evaluation.EvaluationMergeFunction;
import io.github.flinkrecsys.operators.evaluation.EvaluationStage;
import io.github.flinkrecsys.operators.evaluation.PrequentialEvaluationFunction;
import io.github.flinkrecsys.operators.factorization.FactorStage;
import io.github.flinkrecsys.operators.factorization.ItemFactorFunction;
import io.github.flinkrecsys.operators.factorization.ModelRow;
import io.github.flinkrecsys.operators.factorization.UserFactorFunction;
import io.github.flinkrecsys.operators.feature.FeatureFunction;
import io.github.flinkrecsys.operators.feature.ImpressionJoinFunction;
import io.github.flinkrecsys.operators.feature.PopularityFunction;
import io.github.flinkrecsys.operators.feature.ProfileJoinFunction;
import io.github.flinkrecsys.operators.feature.TrendingFunction;
import io.github.flinkrecsys.operators.graph.AdjacencyFunction;
import io.github.flinkrecsys.operators.graph.GraphStage;
import io.github.flinkrecsys.operators.graph.WalkCollectFunction;
import io.github.flinkrecsys.operators.graph.WalkStartFunction;
import io.github.flinkrecsys.operators.neighbor.ItemCountFunction;
import io.github.flinkrecsys.operators.neighbor.ItemNeighborFunction;
import io.github.flinkrecsys.operators.neighbor.ItemPairFunction;
import io.github.flinkrecsys.operators.neighbor.NeighborStage;
import io.github.flinkrecsys.operators.neighbor.SessionNeighborFunction;
import io.github.flinkrecsys.operators.ranking.TopKRankingFunction;
import io.github.flinkrecsys.operators.replica.ItemReplicaFunction;
import io.github.flinkrecsys.operators.session.SessionizeFunction;
import io.github.flinkrecsys.operators.testing.JobSettings;
import io.github.flinkrecsys.operators.testing.StatePage;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;

/** The contract of state, as docs/state.md gives it, is what the code does. */
class StateNamesTest {
  @Test
  void uidsAreThoseOfTheTable() throws Exception {
    Set<String> documented = new TreeSet<>();
    StatePage.uids().forEach(uid -> documented.add(uid.replace("<name>", "shop")));
    assertThat(uidsOfAllStreams()).isEqualTo(documented);
  }

  private static Set<String> uidsOfAllStreams() {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(JobSettings.strict());
    RecommendationStreams streams =
        Recsys.builder("shop")
            .withUserFactors()
            .build()
            .apply(
                source(env, "interactions", Interaction.click("u", "i", 1)),
                source(env, "requests", new RecommendationRequest("u", 1, null, 1)),
                source(env, "metadata", new ItemMetadata("i", Attributes.NONE, Features.NONE, 1)),
                OfflineModels.NONE
                    .withInitialFile("model")
                    .withNewerFiles(source(env, "paths", "model"))
                    .withNewerRows(
                        source(env, "rows", new ModelRow(1, 1, true, "i", new float[32]))));
    streams.recommendations();
    streams.deadLetters();
    streams.userFactors();
    streams.itemFactors();
    streams.sessions();
    streams.liveSessions();
    streams.lateInteractions();
    streams.popularity();
    streams.trending(10, Duration.ofSeconds(1));
    streams.itemNeighbors(10);
    streams.evaluation();
    Recsys.builder("plain").build().apply(source(env, "plain", Interaction.click("u", "i", 1)));
    Set<String> uids = new TreeSet<>();
    for (StreamNode node : env.getStreamGraph().getStreamNodes()) {
      String uid = node.getTransformationUID();
      if (uid.startsWith("shop-") || uid.equals("plain-no-requests")) {
        uids.add(uid.replace("plain-", "shop-"));
      }
    }
    return uids;
  }

  @Test
  void userSideAndReplicaShareSlotsWhateverGroupTheirInputsAreIn() throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(JobSettings.strict());
    SingleOutputStreamOperator<Interaction> ingested =
        env.fromData(Interaction.click("u", "i", 1))
            .uid("source")
            .map(interaction -> interaction)
            .returns(Interaction.class)
            .uid("ingest")
            .slotSharingGroup("ingest");
    Recsys.builder("shop").build().apply(ingested);
    Recsys.builder("other").slotSharingGroup("recsys").build().apply(ingested);
    Map<String, String> groups = new TreeMap<>();
    for (StreamNode node : env.getStreamGraph().getStreamNodes()) {
      groups.put(String.valueOf(node.getTransformationUID()), node.getSlotSharingGroup());
    }
    assertThat(groups)
        .containsEntry("shop-recommend", "default")
        .containsEntry("shop-item-replica", "default")
        .containsEntry("other-recommend", "recsys")
        .containsEntry("other-item-replica", "recsys");
  }

  private static <T> DataStream<T> source(
      StreamExecutionEnvironment env, String name, T onlyRecord) {
    return env.fromData(onlyRecord).uid("source-of-" + name);
  }

  @Test
  void namesOfStateAreThoseOfTheTables() throws Exception {
    Set<String> inCode = new TreeSet<>();
    add(inCode, "<name>-recommend", RecommenderFunction.class, "FACTORS", "HISTORY");
    add(inCode, "<name>-recommend", FactorStage.class, "PENDING");
    add(inCode, "<name>-recommend", HeldInteractions.class, "STATE");
    add(inCode, "<name>-recommend", NeighborStage.class, "PENDING", "PENDING_BLEND");
    add(inCode, "<name>-recommend", TrendStage.class, "PENDING");
    add(inCode, "<name>-recommend", GraphStage.class, "PENDING");
    add(inCode, "<name>-recommend", EvaluationStage.class, "PENDING");
    add(
        inCode,
        "<name>-item-replica",
        ItemReplicaFunction.class,
        "SUMS",
        "NEIGHBORS",
        "BLEND",
        "METADATA",
        "SESSIONS",
        "TRENDS",
        "MODELS",
        "GRAPH");
    add(inCode, "<name>-item-factors", ItemFactorFunction.class, "STATE");
    add(
        inCode,
        "<name>-sessionize",
        SessionizeFunction.class,
        "PENDING_TIMES_STATE",
        "PENDING_EVENTS_STATE",
        "WATERMARKS_STATE");
    add(inCode, "<name>-popularity", PopularityFunction.class, "STATE");
    add(inCode, "<name>-trending", TrendingFunction.class, "STATE");
    add(inCode, "<name>-item-pairs", ItemPairFunction.class, "STATE");
    add(inCode, "<name>-item-counts", ItemCountFunction.class, "STATE");
    add(inCode, "<name>-item-neighbors", ItemNeighborFunction.class, "STATE");
    add(inCode, "<name>-evaluation", EvaluationMergeFunction.class, "WINDOWS", "TOTAL");
    add(
        inCode,
        "ProfileJoinFunction",
        ProfileJoinFunction.class,
        "VERSIONS",
        "WAITING",
        "PROGRESS");
    add(inCode, "FeatureFunction", FeatureFunction.class, "STATE");
    add(
        inCode,
        "ImpressionJoinFunction",
        ImpressionJoinFunction.class,
        "OPEN",
        "PENDING",
        "PROGRESS");
    add(inCode, "UserFactorFunction", UserFactorFunction.class, "STATE");
    add(inCode, "UserFactorFunction", FactorStage.class, "PENDING");
    add(inCode, "TopKRankingFunction", TopKRankingFunction.class, "FACTORS", "HISTORY");
    add(inCode, "SessionNeighborFunction", SessionNeighborFunction.class, "STATE");
    Class<?> node = Class.forName(AdjacencyFunction.class.getPackageName() + ".KeyedNode");
    add(inCode, "AdjacencyFunction", node, "STATE");
    add(inCode, "WalkStartFunction", node, "STATE");
    add(inCode, "WalkStartFunction", WalkStartFunction.class, "NUMBERS");
    add(inCode, "WalkCollectFunction", WalkCollectFunction.class, "VISITS", "PROGRESS");
    add(inCode, "PrequentialEvaluationFunction", PrequentialEvaluationFunction.class, "STATE");
    assertThat(StatePage.states()).isEqualTo(inCode);
  }

  private static void add(Set<String> names, String operator, Class<?> type, String... constants)
      throws Exception {
    for (String constant : constants) {
      Field field = type.getDeclaredField(constant);
      field.setAccessible(true);
      names.add(operator + " " + field.get(null));
    }
  }

  @Test
  void typesOfStateExistUnderTheirNamesAndNeedNoKryo() throws Exception {
    Set<String> types = StatePage.types();
    for (String type : types) {
      PojoTestUtils.assertSerializedAsPojoWithoutKryo(Class.forName(type));
    }
    assertThat(types).hasSizeGreaterThanOrEqualTo(14);
  }
}
