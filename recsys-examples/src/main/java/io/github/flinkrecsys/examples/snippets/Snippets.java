/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.snippets;

import io.github.flinkrecsys.connectors.redis.RedisConfig;
import io.github.flinkrecsys.connectors.redis.RedisItemNeighborSink;
import io.github.flinkrecsys.connectors.redis.RedisRecommendationSink;
import io.github.flinkrecsys.connectors.redis.RedisRecommendations;
import io.github.flinkrecsys.connectors.redis.RedisWriteConfig;
import io.github.flinkrecsys.core.als.FactorRow;
import io.github.flinkrecsys.core.als.ImplicitAlsConfig;
import io.github.flinkrecsys.core.evaluation.EvaluationConfig;
import io.github.flinkrecsys.core.evaluation.EvaluationResult;
import io.github.flinkrecsys.core.evaluation.EvaluationSums;
import io.github.flinkrecsys.core.event.ConfidenceWeights;
import io.github.flinkrecsys.core.event.EnrichedInteraction;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.event.MovieLensParser;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.event.UserProfile;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.feature.Category;
import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.feature.EventTypes;
import io.github.flinkrecsys.core.feature.FeatureConfig;
import io.github.flinkrecsys.core.feature.FeatureVector;
import io.github.flinkrecsys.core.feature.Impression;
import io.github.flinkrecsys.core.feature.ImpressionJoinConfig;
import io.github.flinkrecsys.core.feature.ProfileJoinConfig;
import io.github.flinkrecsys.core.feature.TrainingExample;
import io.github.flinkrecsys.core.graph.GraphConfig;
import io.github.flinkrecsys.core.graph.WalkConfig;
import io.github.flinkrecsys.core.neighbor.ItemPair;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import io.github.flinkrecsys.core.neighbor.SessionNeighborConfig;
import io.github.flinkrecsys.core.neighbor.SimilarItems;
import io.github.flinkrecsys.core.ranking.ListPolicy;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import io.github.flinkrecsys.core.rule.ItemRule;
import io.github.flinkrecsys.core.session.Session;
import io.github.flinkrecsys.core.session.SessionConfig;
import io.github.flinkrecsys.inference.model.ModelContract;
import io.github.flinkrecsys.inference.model.ModelVersion;
import io.github.flinkrecsys.inference.model.TensorSpec;
import io.github.flinkrecsys.inference.ranking.CandidateFeatureConfig;
import io.github.flinkrecsys.inference.ranking.CandidateFeatures;
import io.github.flinkrecsys.inference.ranking.CandidateFeaturesFunction;
import io.github.flinkrecsys.inference.ranking.EncodedVector;
import io.github.flinkrecsys.inference.ranking.InferenceConfig;
import io.github.flinkrecsys.inference.ranking.ModelChange;
import io.github.flinkrecsys.inference.ranking.ModelStatus;
import io.github.flinkrecsys.inference.ranking.OnnxEncodingFunction;
import io.github.flinkrecsys.inference.ranking.OnnxRankingFunction;
import io.github.flinkrecsys.inference.ranking.OnnxStages;
import io.github.flinkrecsys.inference.ranking.ShadowScores;
import io.github.flinkrecsys.inference.sequence.OnnxSequenceSource;
import io.github.flinkrecsys.inference.sequence.SequenceModelChange;
import io.github.flinkrecsys.inference.sequence.SequenceModelConfig;
import io.github.flinkrecsys.operators.als.ImplicitAlsGraph;
import io.github.flinkrecsys.operators.als.TrainedRows;
import io.github.flinkrecsys.operators.evaluation.EvaluationMergeFunction;
import io.github.flinkrecsys.operators.evaluation.PrequentialEvaluationFunction;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.event.InteractionWatermarks;
import io.github.flinkrecsys.operators.event.JsonSchema;
import io.github.flinkrecsys.operators.event.ParseFunction;
import io.github.flinkrecsys.operators.event.ValidateFunction;
import io.github.flinkrecsys.operators.factorization.ItemDelta;
import io.github.flinkrecsys.operators.factorization.ItemDeltaSplitter;
import io.github.flinkrecsys.operators.factorization.ItemFactor;
import io.github.flinkrecsys.operators.factorization.ItemFactorFunction;
import io.github.flinkrecsys.operators.factorization.ModelSettings;
import io.github.flinkrecsys.operators.factorization.UserFactor;
import io.github.flinkrecsys.operators.factorization.UserFactorFunction;
import io.github.flinkrecsys.operators.feature.FeatureFunction;
import io.github.flinkrecsys.operators.feature.FeatureKeys;
import io.github.flinkrecsys.operators.feature.ImpressionJoinFunction;
import io.github.flinkrecsys.operators.feature.ItemPopularity;
import io.github.flinkrecsys.operators.feature.PopularityFunction;
import io.github.flinkrecsys.operators.feature.ProfileJoinFunction;
import io.github.flinkrecsys.operators.feature.TrendingFunction;
import io.github.flinkrecsys.operators.feature.TrendingList;
import io.github.flinkrecsys.operators.graph.KeyedGraphWalk;
import io.github.flinkrecsys.operators.neighbor.ItemCountFunction;
import io.github.flinkrecsys.operators.neighbor.ItemNeighborFunction;
import io.github.flinkrecsys.operators.neighbor.ItemPairFunction;
import io.github.flinkrecsys.operators.neighbor.SessionNeighborFunction;
import io.github.flinkrecsys.operators.neighbor.SessionsToReplica;
import io.github.flinkrecsys.operators.pipeline.OfflineModels;
import io.github.flinkrecsys.operators.pipeline.RecommendationStreams;
import io.github.flinkrecsys.operators.pipeline.Recsys;
import io.github.flinkrecsys.operators.ranking.ServingSettings;
import io.github.flinkrecsys.operators.ranking.TopKRankingFunction;
import io.github.flinkrecsys.operators.replica.ItemReplicaFunction;
import io.github.flinkrecsys.operators.replica.ReplicaSettings;
import io.github.flinkrecsys.operators.replica.ReplicaUpdate;
import io.github.flinkrecsys.operators.session.LiveSession;
import io.github.flinkrecsys.operators.session.SessionizeFunction;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The regions are what the pages show; nothing calls them. */
final class Snippets {
  private Snippets() {}

  static void readme(
      DataStream<Interaction> events,
      Sink<RecommendationList> lists,
      Sink<EvaluationResult> metrics) {
    // tag::readme[]
    DataStream<Interaction> interactions =
        events.assignTimestampsAndWatermarks(
            InteractionWatermarks.of(Duration.ofSeconds(5), Duration.ofMinutes(1)));
    RecommendationStreams shop =
        Recsys.builder("shop")
            .factors(FactorConfig.pairwise().factors(64).build())
            .ranking(RankingConfig.builder().k(20).build())
            .build()
            .apply(interactions);
    shop.recommendations().sinkTo(lists);
    shop.evaluation().sinkTo(metrics);
    // end::readme[]
  }

  static void sessionize(DataStream<Interaction> interactions) {
    // tag::sessionize[]
    SessionizeFunction<Interaction> sessionize =
        SessionizeFunction.forInteractions(
            SessionConfig.builder().gap(Duration.ofMinutes(20)).build());
    SingleOutputStreamOperator<Session<Interaction>> sessions =
        interactions
            .keyBy(Interaction::userId)
            .process(sessionize)
            .name("shop-sessionize")
            .uid("shop-sessionize");
    DataStream<LiveSession> live = sessions.getSideOutput(sessionize.liveTag());
    DataStream<Interaction> late = sessions.getSideOutput(sessionize.lateTag());
    DataStream<DeadLetter> refused = sessions.getSideOutput(DeadLetter.TAG);
    // end::sessionize[]
  }

  static void parseAndValidate(DataStream<String> lines, DataStream<ItemMetadata> metadata) {
    // tag::parse-and-validate[]
    SingleOutputStreamOperator<Interaction> interactions =
        lines
            .process(ParseFunction.interactions(new MovieLensParser()))
            .name("shop-parse")
            .uid("shop-parse");
    SingleOutputStreamOperator<ItemMetadata> validMetadata =
        metadata
            .process(ValidateFunction.itemMetadata())
            .name("shop-validate-metadata")
            .uid("shop-validate-metadata");
    DataStream<DeadLetter> refused =
        interactions
            .getSideOutput(DeadLetter.TAG)
            .union(validMetadata.getSideOutput(DeadLetter.TAG));
    // end::parse-and-validate[]
  }

  static void userFactor(DataStream<Interaction> interactions) {
    // tag::user-factor[]
    ModelSettings model =
        ModelSettings.builder("shop").factors(FactorConfig.positive().build()).build();
    SingleOutputStreamOperator<ItemDeltas> deltas =
        interactions
            .keyBy(Interaction::userId)
            .process(new UserFactorFunction(model, true))
            .name("shop-user-factors")
            .uid("shop-user-factors");
    DataStream<UserFactor> users = deltas.getSideOutput(UserFactorFunction.USER_FACTORS);
    DataStream<DeadLetter> refused = deltas.getSideOutput(DeadLetter.TAG);
    // end::user-factor[]
  }

  static void itemFactor(ModelSettings model, DataStream<ItemDeltas> deltas) {
    // tag::item-factor[]
    DataStream<ItemFactor> items =
        deltas
            .flatMap(new ItemDeltaSplitter())
            .name("shop-split-item-deltas")
            .uid("shop-split-item-deltas")
            .keyBy(ItemDelta::itemId)
            .process(new ItemFactorFunction(model))
            .name("shop-item-factors")
            .uid("shop-item-factors");
    // end::item-factor[]
  }

  static RecommendationStreams offlineModels(
      DataStream<Interaction> interactions, DataStream<String> announcedPaths) {
    // tag::offline-models[]
    OfflineModels models =
        OfflineModels.NONE.withInitialFile("s3://models/1").withNewerFiles(announcedPaths);
    RecommendationStreams shop =
        Recsys.builder("shop")
            .factors(FactorConfig.pairwise().factors(64).build())
            .learnedShare(0.5)
            .build()
            .apply(interactions, null, null, models);
    // end::offline-models[]
    return shop;
  }

  static void itemReplica(ModelSettings model, SingleOutputStreamOperator<ItemDeltas> deltas) {
    // tag::item-replica[]
    deltas
        .map(batch -> ReplicaUpdate.of(batch))
        .returns(TypeInformation.of(ReplicaUpdate.class))
        .name("shop-deltas-to-replica")
        .uid("shop-deltas-to-replica")
        .broadcast()
        .process(new ItemReplicaFunction(model.replica()))
        .name("shop-item-replica")
        .uid("shop-item-replica")
        .setParallelism(deltas.getParallelism());
    // end::item-replica[]
  }

  static void popularity(DataStream<Interaction> interactions) {
    // tag::popularity[]
    DecayedCount decay = DecayedCount.withHalfLife(Duration.ofDays(7));
    ConfidenceWeights confidence = new ConfidenceWeights(Map.of("view", 0.2, "purchase", 3.0));
    DataStream<ItemPopularity> counts =
        interactions
            .keyBy(Interaction::itemId)
            .process(new PopularityFunction(decay, confidence))
            .name("shop-popularity")
            .uid("shop-popularity");
    DataStream<TrendingList> trending =
        counts
            .keyBy(item -> "all")
            .process(new TrendingFunction(decay, 100, Duration.ofSeconds(1)))
            .name("shop-trending")
            .uid("shop-trending");
    // end::popularity[]
  }

  static void implicitAls(DataStream<Interaction> interactions) {
    // tag::implicit-als[]
    ImplicitAlsConfig config = ImplicitAlsConfig.builder().factors(256).build();
    TrainedRows trained = ImplicitAlsGraph.train(interactions, config, 256, 256, "offline");
    DataStream<FactorRow> vectors = trained.rows();
    DataStream<DeadLetter> refused = trained.deadLetters();
    // end::implicit-als[]
  }

  static void topKRanking(
      ModelSettings model, DataStream<UserFactor> users, DataStream<RecommendationRequest> asked) {
    // tag::top-k-ranking[]
    RankingConfig ranking =
        RankingConfig.builder()
            .k(20)
            .rule(ItemRule.deny(item -> "sold out".equals(item.attributes().get("stock"))))
            .build();
    SingleOutputStreamOperator<RecommendationList> lists =
        users
            .keyBy(UserFactor::userId)
            .connect(asked.keyBy(RecommendationRequest::userId))
            .process(new TopKRankingFunction(model, ServingSettings.onRequest(ranking)))
            .name("shop-rank")
            .uid("shop-rank");
    DataStream<DeadLetter> refused = lists.getSideOutput(DeadLetter.TAG);
    // end::top-k-ranking[]
  }

  static void itemNeighbors(DataStream<Interaction> interactions) {
    NeighborConfig config = NeighborConfig.builder().build();
    ConfidenceWeights confidence = ConfidenceWeights.EQUAL;
    DecayedCount decay = DecayedCount.withHalfLife(Duration.ofDays(30));
    Duration ttl = Duration.ofDays(90);
    // tag::item-neighbors[]
    DataStream<SimilarItems> similar =
        interactions
            .keyBy(Interaction::userId)
            .process(new ItemPairFunction(config, confidence, ttl))
            .name("shop-item-pairs")
            .uid("shop-item-pairs")
            .keyBy(ItemPair::neighborId)
            .process(new ItemCountFunction(decay, ttl))
            .name("shop-item-counts")
            .uid("shop-item-counts")
            .keyBy(ItemPair::itemId)
            .process(new ItemNeighborFunction(config, decay, 50, ttl))
            .name("shop-item-neighbors")
            .uid("shop-item-neighbors");
    // end::item-neighbors[]
  }

  static void sessionNeighbors(
      ReplicaSettings replica,
      DataStream<Interaction> interactions,
      DataStream<Session<Interaction>> closed) {
    // tag::session-neighbors[]
    closed
        .flatMap(new SessionsToReplica(ConfidenceWeights.EQUAL))
        .name("shop-sessions-to-replica")
        .uid("shop-sessions-to-replica")
        .broadcast()
        .process(new ItemReplicaFunction(replica))
        .name("shop-item-replica")
        .uid("shop-item-replica");
    SessionNeighborConfig config = SessionNeighborConfig.builder().neighbors(100).build();
    DataStream<RecommendationList> next =
        interactions
            .keyBy(Interaction::userId)
            .process(new SessionNeighborFunction(replica, config, 20, Duration.ofMinutes(30)))
            .name("shop-next-items")
            .uid("shop-next-items");
    // end::session-neighbors[]
  }

  static void graphWalk(
      DataStream<Interaction> interactions, DataStream<RecommendationRequest> requests) {
    // tag::graph-walk[]
    RecommendationStreams shop =
        Recsys.builder("shop")
            .graph(GraphConfig.builder().window(Duration.ofDays(30)).build())
            .ranking(
                RankingConfig.builder()
                    .graphWalk(WalkConfig.builder().steps(2_000).build())
                    .build())
            .build()
            .apply(interactions);
    // The same walk in keyed state, where the graph does not fit into a task manager.
    DataStream<RecommendationList> lists =
        new KeyedGraphWalk(
                "shop-walk",
                GraphConfig.builder().window(Duration.ofDays(30)).build(),
                WalkConfig.builder().steps(500).build(),
                ConfidenceWeights.EQUAL,
                Duration.ofSeconds(2))
            .apply(interactions, requests);
    // end::graph-walk[]
  }

  static void rankingPolicy() {
    // tag::ranking-policy[]
    RankingConfig ranking =
        RankingConfig.builder()
            .rule(ItemRule.expression("stock > 0 and category not in ('outlet', 'returns')"))
            .policy(
                ListPolicy.builder()
                    .servedFor(Duration.ofHours(2))
                    .cap("brand", 3)
                    .diversity(0.3)
                    .exploration(0.05)
                    .build())
            .build();
    // end::ranking-policy[]
  }

  static void profileJoin(
      DataStream<Interaction> interactions,
      DataStream<UserProfile> profilesOfFile,
      DataStream<UserProfile> profileChanges,
      DataStream<ItemMetadata> metadata) {
    // tag::profile-join[]
    DataStream<UserProfile> profiles =
        profilesOfFile.union( // bounded, without watermarks: everything waits until it is read
            profileChanges
                .assignTimestampsAndWatermarks(
                    WatermarkStrategy.<UserProfile>forBoundedOutOfOrderness(Duration.ofSeconds(5))
                        .withTimestampAssigner((profile, ignored) -> profile.timestampMillis()))
                .name("shop-profile-times")
                .uid("shop-profile-times"));
    ProfileJoinConfig config =
        ProfileJoinConfig.builder().maxWait(Duration.ofMinutes(2)).maxVersions(4).build();
    SingleOutputStreamOperator<EnrichedInteraction> withUsers =
        interactions
            .map(EnrichedInteraction::of)
            .uid("shop-enrich")
            .keyBy(FeatureKeys::user)
            .connect(profiles.keyBy(UserProfile::userId))
            .process(ProfileJoinFunction.users(config))
            .name("shop-join-users")
            .uid("shop-join-users");
    DataStream<EnrichedInteraction> withUsersAndItems =
        withUsers
            .keyBy(FeatureKeys::item)
            .connect(metadata.keyBy(ItemMetadata::itemId))
            .process(ProfileJoinFunction.items(config))
            .name("shop-join-items")
            .uid("shop-join-items");
    DataStream<EnrichedInteraction> tooLate = withUsers.getSideOutput(ProfileJoinFunction.LATE);
    // end::profile-join[]
  }

  static void features(DataStream<EnrichedInteraction> enriched) {
    // tag::features[]
    FeatureConfig config =
        FeatureConfig.builder()
            .count("clicks7d", Duration.ofDays(7), "click", "purchase")
            .window("viewsLastHour", Duration.ofMinutes(5), 12, "view")
            .rate(
                "clickRate",
                EventTypes.of("click"),
                EventTypes.of("impression"),
                Duration.ofDays(30),
                0.02,
                50)
            .timeSince("secondsSincePurchase", Duration.ofDays(30), "purchase")
            .index("country", Category.user("country"), 1_000)
            .oneHot("category", Category.item("category"), 16)
            .build();
    DataStream<FeatureVector> ofUsers =
        enriched
            .keyBy(FeatureKeys::user)
            .process(new FeatureFunction(config))
            .name("shop-user-features")
            .uid("shop-user-features");
    String[] names = config.names(); // clicks7d, ..., country, category[0], ..., category[15]
    long version = config.version(); // in every vector; a model keeps the one it was trained on
    // end::features[]
  }

  static void impressionJoin(
      DataStream<Impression> impressions, DataStream<Interaction> interactions) {
    // tag::impression-join[]
    ImpressionJoinConfig config =
        ImpressionJoinConfig.builder()
            .waiting(Duration.ofHours(1))
            .labels(Map.of("click", 1f, "purchase", 3f))
            .build();
    SingleOutputStreamOperator<TrainingExample> examples =
        impressions
            .keyBy(shown -> FeatureKeys.pair(shown.userId(), shown.itemId()))
            .connect(interactions.keyBy(e -> FeatureKeys.pair(e.userId(), e.itemId())))
            .process(new ImpressionJoinFunction(config))
            .name("shop-examples")
            .uid("shop-examples");
    DataStream<Impression> unlabelled =
        examples.getSideOutput(ImpressionJoinFunction.LATE_IMPRESSIONS);
    // end::impression-join[]
  }

  static void prequentialEvaluation(
      DataStream<RecommendationList> served, DataStream<Interaction> interactions) {
    // tag::prequential-evaluation[]
    EvaluationConfig config = EvaluationConfig.of(10, Duration.ofHours(1));
    SingleOutputStreamOperator<EvaluationSums> parts =
        served
            .keyBy(RecommendationList::userId)
            .connect(interactions.keyBy(Interaction::userId))
            .process(new PrequentialEvaluationFunction(config, Duration.ofDays(7)))
            .name("shop-judge-served")
            .uid("shop-judge-served");
    DataStream<EvaluationResult> results =
        parts
            .keyBy(EvaluationSums::source)
            .process(new EvaluationMergeFunction())
            .name("shop-merge-served")
            .uid("shop-merge-served");
    // end::prequential-evaluation[]
  }

  static void recommender(
      DataStream<Interaction> interactions,
      DataStream<RecommendationRequest> requests,
      DataStream<ItemMetadata> metadata) {
    // tag::recommender[]
    Recsys recsys =
        Recsys.builder("shop")
            .factors(FactorConfig.pairwise().factors(32).build())
            .ranking(RankingConfig.builder().k(20).build())
            .serveOnUpdate(Duration.ofSeconds(1))
            .maxItems(200_000)
            .userTtl(Duration.ofDays(90))
            .build();
    RecommendationStreams shop = recsys.apply(interactions, requests, metadata);
    DataStream<RecommendationList> lists = shop.recommendations();
    DataStream<ItemFactor> items = shop.itemFactors();
    DataStream<EvaluationResult> metrics = shop.evaluation();
    DataStream<TrendingList> trending = shop.trending(100, Duration.ofSeconds(1));
    DataStream<DeadLetter> refused = shop.deadLetters();
    // end::recommender[]
  }

  static void redisSink(DataStream<RecommendationList> lists, String password) {
    // tag::redis-sink[]
    RedisConfig redis =
        RedisConfig.server("localhost:6379").keyPrefix("shop").password(password).tls().build();
    RedisWriteConfig writes = RedisWriteConfig.builder().ttl(Duration.ofDays(7)).build();
    lists.sinkTo(new RedisRecommendationSink(redis, writes)).name("shop-redis").uid("shop-redis");
    // end::redis-sink[]
  }

  static void redisNeighbors(
      RecommendationStreams shop, RedisConfig redis, RedisWriteConfig writes) {
    // tag::redis-neighbors[]
    shop.itemNeighbors(50)
        .sinkTo(new RedisItemNeighborSink(redis, writes))
        .name("shop-redis-neighbors")
        .uid("shop-redis-neighbors");
    // end::redis-neighbors[]
  }

  static void redisReader(RedisConfig redis) throws IOException {
    // tag::redis-reader[]
    try (RedisRecommendations recommendations = RedisRecommendations.open(redis)) {
      CompletionStage<Optional<RecommendationList>> newest = recommendations.ofUser("u1");
    }
    // end::redis-reader[]
  }

  static void kafka(StreamExecutionEnvironment env, String servers) {
    // tag::kafka[]
    KafkaSource<Interaction> clicks =
        KafkaSource.<Interaction>builder()
            .setBootstrapServers(servers)
            .setTopics("clicks")
            .setGroupId("shop")
            .setValueOnlyDeserializer(new JsonSchema<>(Interaction.class))
            .build();
    KafkaSink<RecommendationList> lists =
        KafkaSink.<RecommendationList>builder()
            .setBootstrapServers(servers)
            .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
            .setRecordSerializer(
                KafkaRecordSerializationSchema.<RecommendationList>builder()
                    .setTopic("top-k")
                    .setValueSerializationSchema(new JsonSchema<>(RecommendationList.class))
                    .build())
            .build();
    WatermarkStrategy<Interaction> time =
        InteractionWatermarks.of(Duration.ofSeconds(5), Duration.ofMinutes(1));
    DataStream<Interaction> interactions =
        env.fromSource(clicks, time, "shop-clicks").uid("shop-clicks");
    Recsys.builder("shop").build().apply(interactions).recommendations().sinkTo(lists).uid("top-k");
    // end::kafka[]
  }

  static void onnxRanking(
      DataStream<RecommendationList> candidates,
      DataStream<FeatureVector> ofUsers,
      DataStream<FeatureVector> ofItems,
      DataStream<ModelChange> changes,
      FeatureConfig userFeatures,
      FeatureConfig itemFeatures) {
    // tag::onnx-ranking[]
    CandidateFeatureConfig features = CandidateFeatureConfig.of(userFeatures, itemFeatures);
    DataStream<CandidateFeatures> withFeatures =
        CandidateFeaturesFunction.apply(
            candidates, ofUsers, ofItems, features, "shop-candidate-features");
    ModelContract contract =
        ModelContract.of(
            TensorSpec.floats("score", 1), TensorSpec.features("features", features.columns()));
    InferenceConfig model =
        InferenceConfig.of(new ModelVersion(1, "s3://models/rank-1.onnx"), contract);
    SingleOutputStreamOperator<RecommendationList> ranked =
        OnnxStages.rank(
            withFeatures, changes, new OnnxRankingFunction(20, true), model, "shop-onnx");
    DataStream<Impression> shown = ranked.getSideOutput(OnnxRankingFunction.IMPRESSIONS);
    DataStream<ShadowScores> tried = ranked.getSideOutput(OnnxStages.SHADOW);
    DataStream<ModelStatus> outcomes = ranked.getSideOutput(OnnxStages.STATUS);
    // end::onnx-ranking[]
  }

  static void onnxChanges() {
    // tag::onnx-changes[]
    ModelChange shadow = ModelChange.shadow(2, "s3://models/rank-2.onnx"); // scored, not served
    ModelChange split =
        ModelChange.split(2, "s3://models/rank-2.onnx", 0.1); // a tenth of the users
    ModelChange serve = ModelChange.serve(2, "s3://models/rank-2.onnx"); // everybody; 1 is freed
    ModelChange retire = ModelChange.retire(2); // a shadow or split that is no longer wanted
    // end::onnx-changes[]
  }

  static void onnxSequenceChanges() {
    // tag::onnx-sequence-changes[]
    String model = "s3://models/gru-2.onnx";
    String items = "s3://models/gru-2.items.txt";
    SequenceModelChange shadow =
        SequenceModelChange.shadow(2, model, items); // compared, not served
    SequenceModelChange split =
        SequenceModelChange.split(2, model, items, 0.1); // a tenth of the users
    SequenceModelChange serve = SequenceModelChange.serve(2, model, items); // everybody
    SequenceModelChange retire = SequenceModelChange.retire(2); // a shadow or split alone
    // end::onnx-sequence-changes[]
  }

  static void onnxEncoding(DataStream<FeatureVector> ofItems, FeatureConfig itemFeatures) {
    // tag::onnx-encoding[]
    ModelContract tower =
        ModelContract.of(
            TensorSpec.floats("vector", 64), TensorSpec.features("features", itemFeatures.names()));
    DataStream<EncodedVector> vectors =
        OnnxStages.encode(
            ofItems,
            null,
            new OnnxEncodingFunction(itemFeatures.version()),
            InferenceConfig.of(new ModelVersion(1, "s3://models/item-tower-1.onnx"), tower),
            "shop-item-tower");
    // end::onnx-encoding[]
  }

  static void onnxSequence(
      DataStream<Interaction> interactions, DataStream<SequenceModelChange> changes) {
    // tag::onnx-sequence[]
    SequenceModelConfig gru =
        SequenceModelConfig.of(
            new ModelVersion(1, "s3://models/gru-1.onnx"), "s3://models/gru-1.items.txt", 10);
    RecommendationStreams shop =
        Recsys.builder("shop")
            .ranking(RankingConfig.builder().source(OnnxSequenceSource.factory(gru)).build())
            .build()
            .apply(interactions);
    DataStream<ModelStatus> outcomes = OnnxStages.sequences(changes, gru, "shop-gru-versions");
    // end::onnx-sequence[]
  }
}
