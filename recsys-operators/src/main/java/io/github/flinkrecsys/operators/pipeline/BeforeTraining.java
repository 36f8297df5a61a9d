/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.pipeline;

import io.github.flinkrecsys.core.evaluation.EvaluationConfig;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.factorization.Objective;
import io.github.flinkrecsys.core.factorization.UserFactors;
import io.github.flinkrecsys.core.ranking.BlendConfig;
import io.github.flinkrecsys.core.ranking.RankedItems;
import io.github.flinkrecsys.core.ranking.Sources;
import io.github.flinkrecsys.core.ranking.UserHistory;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.operators.evaluation.EvaluationStage;
import io.github.flinkrecsys.operators.factorization.FactorStage;
import io.github.flinkrecsys.operators.neighbor.NeighborStage;
import io.github.flinkrecsys.operators.ranking.RankingStage;
import java.util.List;
import org.apache.flink.streaming.api.TimerService;

/**
 * What an interaction is used for before the model learns from it: lists and predictions are judged
 * by it, and weights of the blend learn from it. Belongs to one subtask.
 *
 * @param factors of the model
 * @param blend how weights learn
 * @param evaluation what is judged, or null for nothing
 * @param training reads factors
 * @param neighbors gathers changes of weights
 * @param ranking ranks
 * @param judging gathers sums, or null exactly where the evaluation is
 */
record BeforeTraining(
    FactorConfig factors,
    BlendConfig blend,
    EvaluationConfig evaluation,
    FactorStage training,
    NeighborStage neighbors,
    RankingStage ranking,
    EvaluationStage judging) {

  void look(
      Interaction interaction,
      UserFactors user,
      UserHistory past,
      boolean isKnown,
      TimerService timers) {
    boolean isJudged = judging != null && evaluation.judges(interaction.userId());
    boolean isLearnedFrom = blend.learnsFrom(interaction.userId());
    boolean isChoice = isKnown && !past.seen.contains(Hashes.hash(interaction.itemId()));
    if (isChoice && (isJudged && evaluation.k() > 0 || isLearnedFrom)) {
      rank(interaction, user, past, isJudged && evaluation.k() > 0, isLearnedFrom, timers);
    }
    if (isJudged && factors.objective() == Objective.RATING) {
      predict(interaction, user, timers);
    }
  }

  private void rank(
      Interaction interaction,
      UserFactors user,
      UserHistory past,
      boolean isJudged,
      boolean isLearnedFrom,
      TimerService timers) {
    long at = interaction.timestampMillis();
    List<RankedItems> lists = ranking.rank(interaction.userId(), user.vector, past, at);
    int slot = training.items().slot(interaction.itemId());
    if (isJudged) {
      judging.judge(lists, slot, at, timers);
    }
    if (isLearnedFrom && slot >= 0) {
      ranking.learn(slot, neighbors.unsentBlend());
    }
  }

  private void predict(Interaction interaction, UserFactors user, TimerService timers) {
    float predicted = training.predictRating(user, interaction.itemId());
    if (!Float.isNaN(predicted)) {
      judging.judgeRating(
          Sources.FACTORS, predicted, interaction.weight(), interaction.timestampMillis(), timers);
    }
  }
}
