/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.operators.factorization;

import io.github.flinkrecsys.core.catalog.CatalogConfig;
import io.github.flinkrecsys.core.event.Interaction;
import io.github.flinkrecsys.core.event.Interactions;
import io.github.flinkrecsys.core.factorization.FactorConfig;
import io.github.flinkrecsys.core.factorization.FactorTrainer;
import io.github.flinkrecsys.core.factorization.Objective;
import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.graph.GraphConfig;
import io.github.flinkrecsys.core.neighbor.NeighborConfig;
import io.github.flinkrecsys.core.neighbor.SessionIndexConfig;
import io.github.flinkrecsys.core.replica.ReplicaConfig;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.operators.replica.ReplicaScope;
import io.github.flinkrecsys.operators.replica.ReplicaSettings;
import java.io.Serializable;
import java.time.Duration;

/**
 * One model: what it learns and how its parts meet. All operators of a model take the same
 * settings.
 *
 * @param name of the model, unique within the job
 * @param factors hyperparameters
 * @param popularity decay of the counts of interactions
 * @param flush when deltas are sent
 * @param replica which replica
 * @param userTtl event time after which a silent user is forgotten
 * @param learnedShare how much of a learned vector is kept when an offline model brings another, 0
 *     to 1
 */
public record ModelSettings(
    String name,
    FactorConfig factors,
    DecayedCount popularity,
    FlushSettings flush,
    ReplicaSettings replica,
    Duration userTtl,
    double learnedShare)
    implements Serializable {

  /**
   * Checks.
   *
   * @param name see the record
   * @param factors see the record
   * @param popularity see the record
   * @param flush see the record
   * @param replica see the record
   * @param userTtl see the record
   * @param learnedShare see the record
   * @throws IllegalArgumentException if one is missing or out of range
   */
  public ModelSettings {
    Checks.notBlank("name", name);
    Checks.notNull("factors", factors);
    Checks.notNull("popularity", popularity);
    Checks.notNull("flush", flush);
    Checks.notNull("replica", replica);
    Checks.positive("userTtl", userTtl);
    Checks.require(
        learnedShare >= 0 && learnedShare <= 1, "learnedShare", "between 0 and 1", learnedShare);
  }

  /**
   * Tells what is wrong with an interaction that is to be learned from.
   *
   * @param interaction may be null
   * @return the reason for refusing it, or null if there is none
   */
  public String violation(Interaction interaction) {
    String violation = Interactions.violation(interaction);
    boolean isRating =
        violation == null && factors.objective() == Objective.RATING && learnsFrom(interaction);
    return isRating ? factors.ratings().violation(interaction.weight()) : violation;
  }

  /**
   * Tells whether an interaction takes part in what is learned, remembered and judged.
   *
   * @param interaction valid
   * @return false if its type has a confidence of 0
   */
  public boolean learnsFrom(Interaction interaction) {
    return factors.confidence().of(interaction.type()) > 0;
  }

  /**
   * Starts from the defaults.
   *
   * @param name of the model, unique within the job
   * @return builder: BPR, no neighbours, half-life 90 days, 1,000,000 items, users forgotten after
   *     365 days
   */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** Collects settings; {@link #build} checks them. */
  public static final class Builder {
    private final String name;
    private FactorConfig factors = FactorConfig.pairwise().build();
    private Duration popularityHalfLife = Duration.ofDays(90);
    private NeighborConfig neighbors = NeighborConfig.NONE;
    private SessionIndexConfig sessionIndex = SessionIndexConfig.NONE;
    private CatalogConfig catalog = CatalogConfig.NONE;
    private GraphConfig graph = GraphConfig.NONE;
    private FlushSettings flush = FlushSettings.DEFAULT;
    private int maxItems = ReplicaConfig.DEFAULT_MAX_ITEMS;
    private Duration readyTimeout = Duration.ofMinutes(2);
    private ReplicaScope scope = ReplicaScope.TASK_MANAGER;
    private Duration userTtl = Duration.ofDays(365);
    private double learnedShare = 0.5;

    private Builder(String name) {
      this.name = name;
    }

    /**
     * Sets the hyperparameters.
     *
     * @param value of the factor model
     * @return this
     */
    public Builder factors(FactorConfig value) {
      factors = value;
      return this;
    }

    /**
     * Sets how neighbours of items are counted, by operators that count them.
     *
     * @param value config
     * @return this
     */
    public Builder neighbors(NeighborConfig value) {
      neighbors = value;
      return this;
    }

    /**
     * Sets how many closed sessions are remembered, by operators that look for similar ones.
     *
     * @param value bounds
     * @return this
     */
    public Builder sessionIndex(SessionIndexConfig value) {
      sessionIndex = value;
      return this;
    }

    /**
     * Sets what is kept of trends and content, by operators that look for it.
     *
     * @param value config
     * @return this
     */
    public Builder catalog(CatalogConfig value) {
      catalog = value;
      return this;
    }

    /**
     * Sets how much is kept of the graph of users and items, by operators that walk it.
     *
     * @param value bounds
     * @return this
     */
    public Builder graph(GraphConfig value) {
      graph = value;
      return this;
    }

    /**
     * Sets the decay of popularity and of neighbours.
     *
     * @param value event time after which an interaction counts half, or {@link DecayedCount#NEVER}
     * @return this
     */
    public Builder popularityHalfLife(Duration value) {
      popularityHalfLife = value;
      return this;
    }

    /**
     * Sets when deltas are sent.
     *
     * @param value bounds
     * @return this
     */
    public Builder flush(FlushSettings value) {
      flush = value;
      return this;
    }

    /**
     * Sets how many items are admitted.
     *
     * @param value 1 to 268,435,456
     * @return this
     */
    public Builder maxItems(int value) {
      maxItems = value;
      return this;
    }

    /**
     * Sets how long the user side waits at start for its replica.
     *
     * @param value wall-clock time
     * @return this
     */
    public Builder readyTimeout(Duration value) {
      readyTimeout = value;
      return this;
    }

    /**
     * Sets who shares a replica.
     *
     * @param value scope
     * @return this
     */
    public Builder scope(ReplicaScope value) {
      scope = value;
      return this;
    }

    /**
     * Sets when a silent user is forgotten.
     *
     * @param value event time
     * @return this
     */
    public Builder userTtl(Duration value) {
      userTtl = value;
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
      learnedShare = value;
      return this;
    }

    /**
     * Checks and makes the settings.
     *
     * @return the settings
     * @throws IllegalArgumentException if a value is missing or out of range
     */
    public ModelSettings build() {
      Checks.notNull("factors", factors);
      DecayedCount decay = DecayedCount.withHalfLife(popularityHalfLife);
      return new ModelSettings(
          name,
          factors,
          decay,
          flush,
          new ReplicaSettings(
              name,
              FactorTrainer.replicaConfig(factors, maxItems),
              neighbors,
              sessionIndex,
              catalog,
              graph,
              decay,
              readyTimeout,
              scope),
          userTtl,
          learnedShare);
    }
  }
}
