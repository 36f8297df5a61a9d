/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.reliability;

import io.github.flinkrecsys.core.evaluation.EvaluationSums;
import io.github.flinkrecsys.core.event.ConfidenceWeights;
import io.github.flinkrecsys.core.event.EnrichedInteraction;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.event.UserProfile;
import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.feature.EventTypes;
import io.github.flinkrecsys.core.feature.FeatureConfig;
import io.github.flinkrecsys.core.feature.FeatureVector;
import io.github.flinkrecsys.core.feature.Impression;
import io.github.flinkrecsys.core.feature.ImpressionJoinConfig;
import io.github.flinkrecsys.core.feature.ProfileJoinConfig;
import io.github.flinkrecsys.core.feature.TrainingExample;
import io.github.flinkrecsys.core.neighbor.SessionNeighborConfig;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import io.github.flinkrecsys.operators.evaluation.PrequentialEvaluationFunction;
import io.github.flinkrecsys.operators.factorization.FlushSettings;
import io.github.flinkrecsys.operators.factorization.ItemDeltaSplitter;
import io.github.flinkrecsys.operators.factorization.ItemFactor;
import io.github.flinkrecsys.operators.factorization.ItemFactorFunction;
import io.github.flinkrecsys.operators.factorization.ModelSettings;
import io.github.flinkrecsys.operators.factorization.UserFactor;
import io.github.flinkrecsys.operators.factorization.UserFactorFunction;
import io.github.flinkrecsys.operators.feature.FeatureFunction;
import io.github.flinkrecsys.operators.feature.ImpressionJoinFunction;
import io.github.flinkrecsys.operators.feature.ProfileJoinFunction;
import io.github.flinkrecsys.operators.graph.KeyedGraphWalk;
import io.github.flinkrecsys.operators.graph.WalkCollectFunction;
import io.github.flinkrecsys.operators.graph.WalkVisit;
import io.github.flinkrecsys.operators.neighbor.SessionNeighborFunction;
import io.github.flinkrecsys.operators.ranking.ServingSettings;
import io.github.flinkrecsys.operators.ranking.TopKRankingFunction;
import io.github.flinkrecsys.operators.replica.ItemReplicaFunction;
import io.github.flinkrecsys.operators.replica.ReplicaScope;
import io.github.flinkrecsys.operators.replica.ReplicaSettings;
import io.github.flinkrecsys.operators.replica.ReplicaUpdate;
import io.github.flinkrecsys.operators.testing.Collected;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The part of {@link KeptJob} with the functions that {@code Recsys} does not wire. Each has the
 * name of its class as uid, as docs/state.md names it; where there are more, what follows tells
 * them apart.
 */
final class KeptFunctions {
  static final Duration IMPRESSIONS_WAIT = Duration.ofSeconds(KeptEvents.CLICKED_AFTER + 50);

  private static final Duration MAX_WAIT = Duration.ofSeconds(30);

  /** Longer than any savepoint is kept: the clock goes on while it lies there. */
  private static final Duration EVER = Duration.ofDays(36_500);

  static final String ALONE = "alone";

  final Collected<EnrichedInteraction> withUsers;
  final Collected<EnrichedInteraction> withItems;
  final Collected<FeatureVector> features;
  final Collected<TrainingExample> examples;
  final Collected<UserFactor> users;
  final Collected<ItemFactor> items;
  final Collected<RecommendationList> ranked;
  final Collected<EvaluationSums> judged;
  final Collected<RecommendationList> inSessions;
  final Collected<RecommendationList> walked;
  final Collected<RecommendationList> gathered;

  KeptFunctions(
      DataStream<Long> numbers,
      DataStream<Interaction> all,
      DataStream<RecommendationRequest> requests,
      ReplicaSettings shop,
      FlushSettings flush) {
    DataStream<Interaction> interactions =
        TestShop.one("valid", all.filter(event -> !TestShop.isRefused(event)));
    DataStream<EnrichedInteraction> toEnrich =
        TestShop.one(
            "to-enrich",
            interactions
                .map(EnrichedInteraction::of)
                .returns(TypeInformation.of(EnrichedInteraction.class)));
    withUsers =
        Collected.of(
            withUsers(
                toEnrich, KeptJob.of(numbers, "profiles", UserProfile.class, KeptEvents::profile)),
            "with-users");
    withItems =
        Collected.of(
            withItems(
                toEnrich,
                KeptJob.of(numbers, "metadata-to-join", ItemMetadata.class, KeptEvents::metadata)),
            "with-items");
    features = Collected.of(features(toEnrich), "feature-vectors");
    examples =
        Collected.of(
            examples(
                KeptJob.of(numbers, "impressions", Impression.class, KeptEvents::impression),
                interactions),
            "examples");

    ModelSettings model =
        ModelSettings.builder(ALONE)
            .factors(KeptJob.FACTORS)
            .popularityHalfLife(Duration.ZERO)
            .scope(ReplicaScope.SUBTASK)
            .flush(flush)
            .build();
    SingleOutputStreamOperator<ItemDeltas> deltas =
        named(
            "UserFactorFunction",
            interactions.keyBy(Interaction::userId).process(new UserFactorFunction(model, true)));
    DataStream<UserFactor> userFactors = deltas.getSideOutput(UserFactorFunction.USER_FACTORS);
    users = Collected.of(userFactors, "users-alone");
    items = Collected.of(items(model, deltas), "items-alone");
    DataStream<RecommendationList> lists = ranked(model, userFactors, requests);
    ranked = Collected.of(lists, "ranked");
    judged = Collected.of(judged(lists, interactions), "judged");
    inSessions =
        Collected.of(
            named(
                "SessionNeighborFunction",
                interactions
                    .keyBy(Interaction::userId)
                    .process(
                        new SessionNeighborFunction(
                            shop,
                            SessionNeighborConfig.defaults(),
                            5,
                            Duration.ofMillis(TestShop.GAP_MILLIS)))),
            "in-sessions");
    walked =
        Collected.of(
            new KeyedGraphWalk("walk", KeptJob.GRAPH, KeptJob.WALK, ConfidenceWeights.EQUAL, EVER)
                .apply(interactions, requests),
            "walked");
    gathered =
        Collected.of(
            named(
                "WalkCollectFunction",
                KeptJob.of(numbers, "visits", WalkVisit.class, KeptEvents::visit)
                    .keyBy(visit -> visit.origin().request())
                    .process(new WalkCollectFunction(KeptJob.WALK, EVER))),
            "gathered");
  }

  private static DataStream<EnrichedInteraction> withUsers(
      DataStream<EnrichedInteraction> interactions, DataStream<UserProfile> profiles) {
    return named(
        "ProfileJoinFunction",
        interactions
            .keyBy(event -> event.interaction().userId())
            .connect(profiles.keyBy(UserProfile::userId))
            .process(ProfileJoinFunction.users(join())));
  }

  private static DataStream<EnrichedInteraction> withItems(
      DataStream<EnrichedInteraction> interactions, DataStream<ItemMetadata> metadata) {
    return named(
        "ProfileJoinFunction of items",
        interactions
            .keyBy(event -> event.interaction().itemId())
            .connect(metadata.keyBy(ItemMetadata::itemId))
            .process(ProfileJoinFunction.items(join())));
  }

  private static ProfileJoinConfig join() {
    return ProfileJoinConfig.builder().maxWait(MAX_WAIT).build();
  }

  private static DataStream<FeatureVector> features(DataStream<EnrichedInteraction> interactions) {
    return named(
        "FeatureFunction",
        interactions
            .keyBy(event -> event.interaction().userId())
            .process(
                new FeatureFunction(
                    FeatureConfig.builder()
                        .count("all", DecayedCount.NEVER)
                        .window("recent", Duration.ofMinutes(10), 14)
                        .rate(
                            "clicks",
                            EventTypes.of(Interaction.CLICK),
                            EventTypes.ALL,
                            Duration.ofDays(1),
                            0.1,
                            5)
                        .build())));
  }

  private static DataStream<TrainingExample> examples(
      DataStream<Impression> impressions, DataStream<Interaction> interactions) {
    return named(
        "ImpressionJoinFunction",
        impressions
            .keyBy(Impression::userId)
            .connect(interactions.keyBy(Interaction::userId))
            .process(
                new ImpressionJoinFunction(
                    ImpressionJoinConfig.builder().waiting(IMPRESSIONS_WAIT).build())));
  }

  private static DataStream<ItemFactor> items(ModelSettings model, DataStream<ItemDeltas> deltas) {
    named(
        "alone-item-replica",
        named(
                "alone-deltas-to-replica",
                deltas
                    .map(batch -> ReplicaUpdate.of(batch))
                    .returns(TypeInformation.of(ReplicaUpdate.class)))
            .broadcast()
            .process(new ItemReplicaFunction(model.replica())));
    return named(
        "ItemFactorFunction",
        named("alone-split", deltas.flatMap(new ItemDeltaSplitter()))
            .keyBy(delta -> delta.itemId())
            .process(new ItemFactorFunction(model)));
  }

  private static DataStream<RecommendationList> ranked(
      ModelSettings model,
      DataStream<UserFactor> users,
      DataStream<RecommendationRequest> requests) {
    return named(
        "TopKRankingFunction",
        users
            .keyBy(UserFactor::userId)
            .connect(requests.keyBy(RecommendationRequest::userId))
            .process(
                new TopKRankingFunction(
                    model, ServingSettings.onUpdate(RankingConfig.builder().build()))));
  }

  /** Without the answers, and those who come after the savepoint: what is judged is older. */
  private static DataStream<EvaluationSums> judged(
      DataStream<RecommendationList> lists, DataStream<Interaction> interactions) {
    DataStream<RecommendationList> served =
        named("served", lists.filter(list -> !KeptEvents.isAnswer(list.generatedAtMillis())));
    DataStream<Interaction> choices =
        TestShop.one(
            "choices", interactions.filter(event -> !KeptEvents.isOfModel(event.userId())));
    return named(
        "PrequentialEvaluationFunction",
        served
            .keyBy(RecommendationList::userId)
            .connect(choices.keyBy(Interaction::userId))
            .process(new PrequentialEvaluationFunction(KeptJob.EVALUATION, Duration.ofDays(1))));
  }

  private static <T> SingleOutputStreamOperator<T> named(
      String uid, SingleOutputStreamOperator<T> stream) {
    return stream.name(uid).uid(uid);
  }
}
