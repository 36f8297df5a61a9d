/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.rerank;

import io.github.flinkrecsys.core.event.EnrichedInteraction;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.feature.EventTypes;
import io.github.flinkrecsys.core.feature.FeatureConfig;
import io.github.flinkrecsys.core.feature.FeatureVector;
import io.github.flinkrecsys.core.feature.Impression;
import io.github.flinkrecsys.core.feature.ImpressionJoinConfig;
import io.github.flinkrecsys.core.feature.TrainingExample;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.examples.quickstart.ShopEvents;
import io.github.flinkrecsys.examples.stream.ShopStreamConfig;
import io.github.flinkrecsys.inference.model.ModelContract;
import io.github.flinkrecsys.inference.model.ModelVersion;
import io.github.flinkrecsys.inference.model.TensorSpec;
import io.github.flinkrecsys.inference.ranking.CandidateFeatureConfig;
import io.github.flinkrecsys.inference.ranking.CandidateFeatures;
import io.github.flinkrecsys.inference.ranking.CandidateFeaturesFunction;
import io.github.flinkrecsys.inference.ranking.ImpressionsFunction;
import io.github.flinkrecsys.inference.ranking.InferenceConfig;
import io.github.flinkrecsys.inference.ranking.OnnxRankingFunction;
import io.github.flinkrecsys.inference.ranking.OnnxStages;
import io.github.flinkrecsys.operators.event.InteractionWatermarks;
import io.github.flinkrecsys.operators.feature.FeatureFunction;
import io.github.flinkrecsys.operators.feature.FeatureKeys;
import io.github.flinkrecsys.operators.feature.ImpressionJoinFunction;
import io.github.flinkrecsys.operators.pipeline.Recsys;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The graph: the blend's candidates, their features, the model, and what users did next. */
final class RerankJob {
  static final int K = 10;
  static final int CANDIDATES = 50;
  static final CandidateFeatureConfig FEATURES =
      CandidateFeatureConfig.of(
          FeatureConfig.builder()
              .count("events7d", Duration.ofDays(7))
              .count("carts1h", Duration.ofHours(1), "cart")
              .timeSince("secondsSinceClick", Duration.ofDays(1), "click")
              .build(),
          FeatureConfig.builder()
              .count("events1d", Duration.ofDays(1))
              .count("events1h", Duration.ofHours(1))
              .rate(
                  "cartRate",
                  EventTypes.of("cart"),
                  EventTypes.of("click", "view"),
                  Duration.ofDays(7),
                  0.05,
                  20)
              .build());

  private final ShopStreamConfig shop;
  private final ModelVersion model;

  /** Makes the job; with a model, or null. */
  RerankJob(ShopStreamConfig shop, ModelVersion model) {
    this.shop = shop;
    this.model = model;
  }

  static ModelContract contract() {
    return ModelContract.of(
        TensorSpec.floats("score", 1), TensorSpec.features("features", FEATURES.columns()));
  }

  /** Gives what was shown, and whether users followed. */
  DataStream<TrainingExample> build(StreamExecutionEnvironment env) {
    DataStream<Interaction> interactions = interactions(env);
    DataStream<RecommendationList> candidates =
        Recsys.builder("rerank")
            .factors(FactorConfig.pairwise().factors(32).build())
            .ranking(RankingConfig.builder().k(CANDIDATES).build())
            .withoutEvaluation()
            .build()
            .apply(interactions)
            .recommendations();
    DataStream<EnrichedInteraction> enriched =
        interactions.map(EnrichedInteraction::of).name("rerank-enrich").uid("rerank-enrich");
    DataStream<FeatureVector> ofUsers =
        enriched
            .keyBy(FeatureKeys::user)
            .process(new FeatureFunction(FEATURES.user()))
            .name("rerank-user-features")
            .uid("rerank-user-features");
    DataStream<FeatureVector> ofItems =
        enriched
            .keyBy(FeatureKeys::item)
            .process(new FeatureFunction(FEATURES.item()))
            .name("rerank-item-features")
            .uid("rerank-item-features");
    DataStream<CandidateFeatures> withFeatures =
        CandidateFeaturesFunction.apply(
            candidates, ofUsers, ofItems, FEATURES, "rerank-candidate-features");
    return examples(shown(withFeatures), interactions);
  }

  /** Ranks by the model, or leaves the order as it is; a job of one's own serves the lists too. */
  private DataStream<Impression> shown(DataStream<CandidateFeatures> candidates) {
    if (model == null) {
      return candidates
          .flatMap(new ImpressionsFunction(K))
          .name("rerank-impressions")
          .uid("rerank-impressions");
    }
    return OnnxStages.rank(
            candidates,
            null,
            new OnnxRankingFunction(K, true),
            InferenceConfig.of(model, contract()),
            "rerank-onnx")
        .getSideOutput(OnnxRankingFunction.IMPRESSIONS);
  }

  private DataStream<Interaction> interactions(StreamExecutionEnvironment env) {
    DataGeneratorSource<Interaction> source =
        new DataGeneratorSource<>(
            new ShopEvents(shop), shop.events(), TypeInformation.of(Interaction.class));
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), "rerank-source")
        .uid("rerank-source")
        .setParallelism(1)
        .assignTimestampsAndWatermarks(
            InteractionWatermarks.of(Duration.ZERO, Duration.ofMinutes(1)))
        .name("rerank-watermarks")
        .uid("rerank-watermarks")
        .setParallelism(1);
  }

  private static DataStream<TrainingExample> examples(
      DataStream<Impression> shown, DataStream<Interaction> interactions) {
    ImpressionJoinConfig config =
        ImpressionJoinConfig.builder()
            .waiting(Duration.ofMinutes(30))
            .labels(Map.of("view", 1f, "click", 1f, "cart", 1f, "purchase", 1f))
            .build();
    return shown
        .keyBy(impression -> FeatureKeys.pair(impression.userId(), impression.itemId()))
        .connect(interactions.keyBy(e -> FeatureKeys.pair(e.userId(), e.itemId())))
        .process(new ImpressionJoinFunction(config))
        .name("rerank-examples")
        .uid("rerank-examples");
  }
}
