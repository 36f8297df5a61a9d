/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators;

import io.github.flinkrecsys.core.als.FactorRow;
import io.github.flinkrecsys.core.catalog.TrendCounts;
import io.github.flinkrecsys.core.evaluation.EvaluationResult;
import io.github.flinkrecsys.core.evaluation.EvaluationSums;
import io.github.flinkrecsys.core.evaluation.MetricSums;
import io.github.flinkrecsys.core.event.Attributes;
import io.github.flinkrecsys.core.event.EnrichedInteraction;
import io.github.flinkrecsys.core.event.Features;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.event.UserProfile;
import io.github.flinkrecsys.core.factorization.UserFactors;
import io.github.flinkrecsys.core.feature.FeatureState;
import io.github.flinkrecsys.core.feature.FeatureVector;
import io.github.flinkrecsys.core.feature.Impression;
import io.github.flinkrecsys.core.feature.OpenImpression;
import io.github.flinkrecsys.core.feature.TrainingExample;
import io.github.flinkrecsys.core.graph.GraphEdges;
import io.github.flinkrecsys.core.graph.GraphNode;
import io.github.flinkrecsys.core.graph.NodeEdges;
import io.github.flinkrecsys.core.neighbor.CoOccurrences;
import io.github.flinkrecsys.core.neighbor.IndexedSession;
import io.github.flinkrecsys.core.neighbor.ItemPair;
import io.github.flinkrecsys.core.neighbor.NeighborList;
import io.github.flinkrecsys.core.neighbor.NeighborRows;
import io.github.flinkrecsys.core.neighbor.RecentItems;
import io.github.flinkrecsys.core.neighbor.SimilarItems;
import io.github.flinkrecsys.core.ranking.BlendDeltas;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.ranking.ScoredItem;
import io.github.flinkrecsys.core.ranking.SeenItems;
import io.github.flinkrecsys.core.ranking.UserHistory;
import io.github.flinkrecsys.core.replica.ItemDeltas;
import io.github.flinkrecsys.core.replica.ModelDeltas;
import io.github.flinkrecsys.core.replica.ModelItems;
import io.github.flinkrecsys.core.session.OpenSession;
import io.github.flinkrecsys.core.session.PendingTimes;
import io.github.flinkrecsys.operators.als.AlsRow;
import io.github.flinkrecsys.operators.als.BlockInput;
import io.github.flinkrecsys.operators.als.BlockRow;
import io.github.flinkrecsys.operators.als.GramianLine;
import io.github.flinkrecsys.operators.als.Link;
import io.github.flinkrecsys.operators.als.Spectrum;
import io.github.flinkrecsys.operators.als.StandingAxes;
import io.github.flinkrecsys.operators.evaluation.ServedLists;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.factorization.ItemDelta;
import io.github.flinkrecsys.operators.factorization.ItemFactor;
import io.github.flinkrecsys.operators.factorization.ItemFactorState;
import io.github.flinkrecsys.operators.factorization.ModelRow;
import io.github.flinkrecsys.operators.factorization.UserFactor;
import io.github.flinkrecsys.operators.feature.ImpressionProgress;
import io.github.flinkrecsys.operators.feature.ItemPopularity;
import io.github.flinkrecsys.operators.feature.JoinProgress;
import io.github.flinkrecsys.operators.feature.PopularityState;
import io.github.flinkrecsys.operators.feature.TrendingList;
import io.github.flinkrecsys.operators.feature.TrendingState;
import io.github.flinkrecsys.operators.neighbor.ItemCountState;
import io.github.flinkrecsys.operators.neighbor.OpenSessionItems;
import io.github.flinkrecsys.operators.neighbor.RecentItemIds;
import io.github.flinkrecsys.operators.pipeline.UserInput;
import io.github.flinkrecsys.operators.replica.ReplicaUpdate;
import io.github.flinkrecsys.operators.session.LiveSession;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateTypesTest {
  @ParameterizedTest
  @ValueSource(
      classes = {
        Attributes.class,
        BlendDeltas.class,
        CoOccurrences.class,
        FeatureState.class,
        Features.class,
        GraphEdges.class,
        GraphNode.class,
        ImpressionProgress.class,
        ItemFactorState.class,
        ModelItems.class,
        IndexedSession.class,
        ItemCountState.class,
        MetricSums.class,
        NeighborList.class,
        NeighborRows.class,
        NodeEdges.class,
        RecentItemIds.class,
        RecentItems.class,
        JoinProgress.class,
        OpenImpression.class,
        OpenSession.class,
        OpenSessionItems.class,
        PendingTimes.class,
        PopularityState.class,
        SeenItems.class,
        ServedLists.class,
        TrendCounts.class,
        TrendingState.class,
        UserFactors.class,
        UserHistory.class
      })
  void stateNeverFallsBackToKryo(Class<?> type) {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        AlsRow.class,
        BlockInput.class,
        BlockRow.class,
        DeadLetter.class,
        EnrichedInteraction.class,
        EvaluationResult.class,
        EvaluationSums.class,
        FactorRow.class,
        FeatureVector.class,
        GramianLine.class,
        Impression.class,
        Interaction.class,
        ItemDelta.class,
        ItemDeltas.class,
        ItemFactor.class,
        ItemMetadata.class,
        ItemPair.class,
        ItemPopularity.class,
        Link.class,
        LiveSession.class,
        ModelDeltas.class,
        ModelRow.class,
        RecommendationList.class,
        RecommendationRequest.class,
        ReplicaUpdate.class,
        ScoredItem.class,
        SimilarItems.class,
        Spectrum.class,
        StandingAxes.class,
        TrainingExample.class,
        TrendingList.class,
        UserFactor.class,
        UserInput.class,
        UserProfile.class
      })
  void messagesNeverFallBackToKryo(Class<?> type) {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
  }
}
