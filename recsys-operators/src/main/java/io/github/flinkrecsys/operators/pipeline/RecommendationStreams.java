/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.pipeline;

import io.github.flinkrecsys.core.evaluation.EvaluationResult;
import io.github.flinkrecsys.core.evaluation.EvaluationSums;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.neighbor.SimilarItems;
import io.github.flinkrecsys.core.ranking.RecommendationList;
import io.github.flinkrecsys.core.session.Session;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.evaluation.EvaluationMergeFunction;
import io.github.flinkrecsys.operators.event.DeadLetter;
import io.github.flinkrecsys.operators.factorization.ItemFactor;
import io.github.flinkrecsys.operators.factorization.UserFactor;
import io.github.flinkrecsys.operators.factorization.UserFactorFunction;
import io.github.flinkrecsys.operators.feature.ItemPopularity;
import io.github.flinkrecsys.operators.feature.PopularityFunction;
import io.github.flinkrecsys.operators.feature.TrendingFunction;
import io.github.flinkrecsys.operators.feature.TrendingList;
import io.github.flinkrecsys.operators.session.LiveSession;
import io.github.flinkrecsys.operators.session.SessionizeFunction;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The streams of a recommender. Each may be had alone; sessions, popularity, trending lists, item
 * neighbours and merged evaluation are added to the job when they are first asked for.
 */
public final class RecommendationStreams {
  private static final String ALL_ITEMS = "all";

  private final RecommenderGraph graph;
  private final SingleOutputStreamOperator<Interaction> interactions;
  private final DataStream<DeadLetter> deadLetters;
  private final SingleOutputStreamOperator<RecommendationList> userSide;
  private final SingleOutputStreamOperator<ItemFactor> itemFactors;
  private SingleOutputStreamOperator<Session<Interaction>> sessions;
  private SingleOutputStreamOperator<ItemPopularity> popularity;
  private DataStream<EvaluationResult> evaluation;
  private final Set<String> askedOnce = new HashSet<>();

  RecommendationStreams(
      RecommenderGraph graph,
      SingleOutputStreamOperator<Interaction> interactions,
      DataStream<DeadLetter> deadLetters,
      SingleOutputStreamOperator<RecommendationList> userSide,
      SingleOutputStreamOperator<ItemFactor> itemFactors,
      SingleOutputStreamOperator<Session<Interaction>> sessions) {
    this.graph = graph;
    this.interactions = interactions;
    this.deadLetters = deadLetters;
    this.userSide = userSide;
    this.itemFactors = itemFactors;
    this.sessions = sessions;
  }

  /**
   * Gives the recommendations.
   *
   * @return one list per interaction (unless throttled or on request only) and per request
   */
  public DataStream<RecommendationList> recommendations() {
    return userSide;
  }

  /**
   * Gives what could not be used: invalid interactions, requests and metadata, with the reason.
   *
   * @return dead letters, those of {@link #sessionDeadLetters} not among them
   */
  public DataStream<DeadLetter> deadLetters() {
    return deadLetters;
  }

  /**
   * Gives the factors of users.
   *
   * @return one value per interaction
   * @throws IllegalStateException unless {@link Recsys.Builder#withUserFactors} was set
   */
  public DataStream<UserFactor> userFactors() {
    if (!graph.emitUserFactors()) {
      throw new IllegalStateException(
          "withUserFactors must be set on the builder to have user factors, got a recommender"
              + " without");
    }
    return userSide.getSideOutput(UserFactorFunction.USER_FACTORS);
  }

  /**
   * Gives the factors of items, conflated.
   *
   * @return the newest value of each item that changed
   */
  public DataStream<ItemFactor> itemFactors() {
    return itemFactors;
  }

  /**
   * Gives closed sessions.
   *
   * @return sessions
   */
  public DataStream<Session<Interaction>> sessions() {
    if (sessions == null) {
      sessions = graph.sessionize(interactions);
    }
    return sessions;
  }

  /**
   * Gives open sessions, after each interaction.
   *
   * @return live updates
   */
  public DataStream<LiveSession> liveSessions() {
    sessions();
    return sessions.getSideOutput(SessionizeFunction.forInteractions(graph.sessions()).liveTag());
  }

  /**
   * Gives interactions that came after their session had been closed.
   *
   * @return late interactions
   */
  public DataStream<Interaction> lateInteractions() {
    sessions();
    return sessions.getSideOutput(SessionizeFunction.forInteractions(graph.sessions()).lateTag());
  }

  /**
   * Gives interactions that no session could take, because their user has too many open already.
   *
   * @return dead letters
   */
  public DataStream<DeadLetter> sessionDeadLetters() {
    sessions();
    return sessions.getSideOutput(DeadLetter.TAG);
  }

  /**
   * Gives decayed counts of items, conflated.
   *
   * @return the newest value of each item that changed
   */
  public DataStream<ItemPopularity> popularity() {
    if (popularity == null) {
      popularity =
          graph.named(
              "popularity",
              interactions
                  .keyBy(Interaction::itemId)
                  .process(
                      new PopularityFunction(
                          graph.model().popularity(), graph.model().factors().confidence())));
    }
    return popularity;
  }

  /**
   * Gives the items that lead; to be called once.
   *
   * @param size of the list
   * @param interval wall-clock time after which a changed list is sent
   * @return lists of scope "all"
   * @throws IllegalStateException if it was called before
   */
  public DataStream<TrendingList> trending(int size, Duration interval) {
    askOnce("trending");
    return graph.named(
        "trending",
        popularity()
            .keyBy(item -> ALL_ITEMS)
            .process(new TrendingFunction(graph.model().popularity(), size, interval)));
  }

  /**
   * Gives the neighbours of items, conflated, for other systems; the ranker has its own in the
   * replica. To be called once.
   *
   * @param k neighbours per item
   * @return the newest list of each item that changed
   * @throws IllegalStateException if it was called before
   */
  public DataStream<SimilarItems> itemNeighbors(int k) {
    askOnce("itemNeighbors");
    return graph.itemNeighbors(interactions, k);
  }

  /** Two of them would have one uid, of which Flink says no more than that it is taken. */
  private void askOnce(String stream) {
    if (!askedOnce.add(stream)) {
      throw new IllegalStateException(stream + " must be called once, got a second call");
    }
  }

  /**
   * Gives metrics per source: of each event-time window when it closes, and of everything so far.
   *
   * @return results
   * @throws IllegalArgumentException if evaluation was left out
   */
  public DataStream<EvaluationResult> evaluation() {
    Checks.notNull("evaluation", graph.evaluation());
    if (evaluation == null) {
      evaluation =
          graph.named(
              "evaluation",
              userSide
                  .getSideOutput(RecommenderFunction.EVALUATION)
                  .keyBy(EvaluationSums::source)
                  .process(new EvaluationMergeFunction()));
    }
    return evaluation;
  }
}
