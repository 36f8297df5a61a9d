/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.pipeline;

import io.github.flinkrecsys.core.catalog.CatalogConfig;
import io.github.flinkrecsys.core.evaluation.EvaluationConfig;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.ItemMetadata;
import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.factorization.Objective;
import io.github.flinkrecsys.core.graph.GraphConfig;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import io.github.flinkrecsys.core.neighbor.SessionIndexConfig;
import io.github.flinkrecsys.core.ranking.RankingConfig;
import io.github.flinkrecsys.core.session.SessionConfig;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.event.RecordRules;
import io.github.flinkrecsys.operators.factorization.FlushSettings;
import io.github.flinkrecsys.operators.factorization.ModelSettings;
import io.github.flinkrecsys.operators.ranking.ServingSettings;
import io.github.flinkrecsys.operators.replica.ReplicaScope;
import java.time.Duration;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * A recommender: all operators of this library, wired, with names and uids that stay the same.
 *
 * <pre>{@code
 * RecommendationStreams shop =
 *     Recsys.builder("shop").factors(FactorConfig.pairwise().build()).build().apply(interactions);
 * shop.recommendations().sinkTo(sink);
 * }</pre>
 *
 * <p>Every uid is the name of the recommender, a hyphen and the name of the operator. They are part
 * of the state contract: a savepoint is restored by uid.
 */
public final class Recsys {
  private final ModelSettings model;
  private final ServingSettings serving;
  private final EvaluationConfig evaluation;
  private final SessionConfig sessions;
  private final boolean emitUserFactors;
  private final Duration maxAhead;
  private final String slotSharingGroup;

  private Recsys(Builder builder) {
    model = builder.model.build();
    serving =
        new ServingSettings(
            builder.ranking.withSessionGap(builder.sessions.gap()),
            builder.onUpdate,
            builder.minInterval);
    evaluation = builder.evaluation;
    sessions = builder.sessions;
    emitUserFactors = builder.emitUserFactors;
    maxAhead = builder.maxAhead;
    slotSharingGroup = builder.slotSharingGroup;
  }

  /**
   * Starts from the defaults: BPR, item neighbours, popularity, each with a half-life of 90 days
   * where it decays, blended with learned weights; ten items after every interaction, evaluated per
   * hour of event time.
   *
   * @param name of the recommender, prefix of all uids, unique within the job
   * @return builder
   */
  public static Builder builder(String name) {
    return new Builder(Checks.notBlank("name", name));
  }

  /**
   * Adds the recommender to a job.
   *
   * @param interactions with timestamps and watermarks; invalid ones go to the dead letters
   * @return its streams
   */
  public RecommendationStreams apply(DataStream<Interaction> interactions) {
    return apply(interactions, null, null);
  }

  /**
   * Adds the recommender to a job.
   *
   * @param interactions with timestamps and watermarks; invalid ones go to the dead letters
   * @param requests to be answered, or null if there are none
   * @param metadata of items, for rules, or null if there are none
   * @return its streams
   */
  public RecommendationStreams apply(
      DataStream<Interaction> interactions,
      DataStream<RecommendationRequest> requests,
      DataStream<ItemMetadata> metadata) {
    return apply(interactions, requests, metadata, OfflineModels.NONE);
  }

  /**
   * Adds the recommender to a job, with offline models that it takes over.
   *
   * @param interactions with timestamps and watermarks; invalid ones go to the dead letters
   * @param requests to be answered, or null if there are none
   * @param metadata of items, for rules, or null if there are none
   * @param models one to start from, which interactions wait for, and newer ones
   * @return its streams
   * @throws IllegalArgumentException if there are models and the factors are of ratings
   */
  public RecommendationStreams apply(
      DataStream<Interaction> interactions,
      DataStream<RecommendationRequest> requests,
      DataStream<ItemMetadata> metadata,
      OfflineModels models) {
    Checks.notNull("interactions", interactions);
    Checks.notNull("models", models);
    Checks.require(
        models.isEmpty() || model.factors().objective() != Objective.RATING,
        "models",
        "none where ratings are predicted",
        "models");
    return new RecommenderGraph(
            model, serving, evaluation, sessions, emitUserFactors, maxAhead, slotSharingGroup)
        .build(interactions, requests, metadata, models);
  }

  /** Collects settings; {@link #build} checks them. */
  public static final class Builder {
    private final ModelSettings.Builder model;
    private RankingConfig ranking = RankingConfig.builder().build();
    private boolean onUpdate = true;
    private Duration minInterval = Duration.ZERO;
    private EvaluationConfig evaluation = EvaluationConfig.of(10, Duration.ofHours(1));
    private SessionConfig sessions = SessionConfig.builder().build();
    private boolean emitUserFactors;
    private Duration maxAhead = RecordRules.DEFAULT_MAX_AHEAD;
    private String slotSharingGroup = "default";

    private Builder(String name) {
      model =
          ModelSettings.builder(name)
              .neighbors(NeighborConfig.builder().build())
              .sessionIndex(SessionIndexConfig.builder().sessionsPerItem(100).build())
              .catalog(CatalogConfig.builder().build());
    }

    /**
     * Sets the hyperparameters of the factor model.
     *
     * @param value config
     * @return this
     */
    public Builder factors(FactorConfig value) {
      model.factors(value);
      return this;
    }

    /**
     * Sets how neighbours of items are counted.
     *
     * @param value config; {@link NeighborConfig#NONE} for no neighbours
     * @return this
     */
    public Builder neighbors(NeighborConfig value) {
      model.neighbors(value);
      return this;
    }

    /**
     * Sets how many closed sessions are remembered, to find what sessions like a user's went on to.
     *
     * @param value bounds; {@link SessionIndexConfig#NONE} for no session neighbours
     * @return this
     */
    public Builder sessionIndex(SessionIndexConfig value) {
      model.sessionIndex(value);
      return this;
    }

    /**
     * Sets what is kept of trends, in all and by category, and of the content of items.
     *
     * @param value config; {@link CatalogConfig#NONE} for neither
     * @return this
     */
    public Builder catalog(CatalogConfig value) {
      model.catalog(value);
      return this;
    }

    /**
     * Sets how much is kept of the graph of users and items, which random walks from a user's
     * recent items go over. Off unless it is set.
     *
     * @param value bounds; {@link GraphConfig#NONE} for no walks
     * @return this
     */
    public Builder graph(GraphConfig value) {
      model.graph(value);
      return this;
    }

    /**
     * Sets the decay of popularity and of neighbours.
     *
     * @param value event time after which an interaction counts half
     * @return this
     */
    public Builder popularityHalfLife(Duration value) {
      model.popularityHalfLife(value);
      return this;
    }

    /**
     * Sets how many items are admitted.
     *
     * @param value at least 1
     * @return this
     */
    public Builder maxItems(int value) {
      model.maxItems(value);
      return this;
    }

    /**
     * Sets when a silent user is forgotten.
     *
     * @param value event time
     * @return this
     */
    public Builder userTtl(Duration value) {
      model.userTtl(value);
      return this;
    }

    /**
     * Sets how much of a vector that was learned online is kept when an offline model brings
     * another for the same user or item.
     *
     * @param value 0 to take the model's, 1 to keep what was learned, or between
     * @return this
     */
    public Builder learnedShare(double value) {
      model.learnedShare(value);
      return this;
    }

    /**
     * Sets when gathered deltas are sent to item owners and other task managers.
     *
     * @param value bounds
     * @return this
     */
    public Builder flush(FlushSettings value) {
      model.flush(value);
      return this;
    }

    /**
     * Sets how long the user side waits at start for its replica.
     *
     * @param value wall-clock time
     * @return this
     */
    public Builder readyTimeout(Duration value) {
      model.readyTimeout(value);
      return this;
    }

    /**
     * Sets who shares a replica.
     *
     * @param value scope
     * @return this
     */
    public Builder scope(ReplicaScope value) {
      model.scope(value);
      return this;
    }

    /**
     * Sets how lists are made.
     *
     * @param value config
     * @return this
     */
    public Builder ranking(RankingConfig value) {
      ranking = value;
      return this;
    }

    /**
     * Serves a list after every interaction, which is the default.
     *
     * @param interval wall-clock time between two lists of a user, zero for no throttle
     * @return this
     */
    public Builder serveOnUpdate(Duration interval) {
      onUpdate = true;
      minInterval = interval;
      return this;
    }

    /**
     * Serves lists on request only.
     *
     * @return this
     */
    public Builder serveOnRequest() {
      onUpdate = false;
      return this;
    }

    /**
     * Sets what is evaluated.
     *
     * @param value config
     * @return this
     */
    public Builder evaluation(EvaluationConfig value) {
      evaluation = Checks.notNull("evaluation", value);
      return this;
    }

    /**
     * Leaves evaluation out. With fixed weights of the blend too, this halves the cost of ranking:
     * both look at a list before the model learns.
     *
     * @return this
     */
    public Builder withoutEvaluation() {
      evaluation = null;
      return this;
    }

    /**
     * Sets how sessions are cut.
     *
     * @param value config
     * @return this
     */
    public Builder sessions(SessionConfig value) {
      sessions = Checks.notNull("sessions", value);
      return this;
    }

    /**
     * Sets how far interactions, requests and metadata may be ahead of the clock; others are dead
     * letters. The watermark strategy has a bound of its own, see {@link
     * io.github.flinkrecsys.operators.event.InteractionWatermarks}.
     *
     * @param value wall-clock time; zero for any event time up to the year 9999
     * @return this
     */
    public Builder maxAhead(Duration value) {
      RecordRules.interactions(value);
      maxAhead = value;
      return this;
    }

    /**
     * Sets the slot sharing group of the user side and the replica, which must be in the same slots
     * whatever group their inputs are in.
     *
     * @param value name of the group, {@code default} if not set
     * @return this
     */
    public Builder slotSharingGroup(String value) {
      slotSharingGroup = Checks.notBlank("slotSharingGroup", value);
      return this;
    }

    /**
     * Sends every user's factors after each interaction to {@link
     * RecommendationStreams#userFactors}.
     *
     * @return this
     */
    public Builder withUserFactors() {
      emitUserFactors = true;
      return this;
    }

    /**
     * Checks and makes the recommender.
     *
     * @return the recommender
     * @throws IllegalArgumentException if a value is out of range
     */
    public Recsys build() {
      return new Recsys(this);
    }
  }
}
