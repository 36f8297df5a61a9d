/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.graph.WalkConfig;
import io.github.flinkrecsys.core.neighbor.SessionNeighborConfig;
import io.github.flinkrecsys.core.rule.ItemRule;
import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How lists are made.
 *
 * @param k items per list, 1 to {@link RecommendationRequest#MAX_K}
 * @param candidates items per source that are united, at least {@code k}
 * @param blend how sources are weighted
 * @param sources further sources of candidates
 * @param sessionGap event time without an interaction after which a user's session is over
 * @param sessionNeighbors how the user's session is compared with others
 * @param graphWalk how walks over the graph of users and items go
 * @param maxSeenItems how many items per user are remembered and not recommended again, 0 to
 *     1,000,000
 * @param rule which items may be recommended
 * @param policy what is done to the ranked items before they are served
 * @param factorScanUpTo how many items are searched by a scan of their factors, not negative; more
 *     by a scan of byte codes with the same outcome, see {@link FactorRetrieval#bySize}
 */
public record RankingConfig(
    int k,
    int candidates,
    BlendConfig blend,
    List<CandidateSource.Factory> sources,
    Duration sessionGap,
    SessionNeighborConfig sessionNeighbors,
    WalkConfig graphWalk,
    int maxSeenItems,
    ItemRule rule,
    ListPolicy policy,
    int factorScanUpTo)
    implements Serializable {

  /**
   * Checks.
   *
   * @param k see the record
   * @param candidates see the record
   * @param blend see the record
   * @param sources see the record; copied
   * @param sessionGap see the record
   * @param sessionNeighbors see the record
   * @param graphWalk see the record
   * @param maxSeenItems see the record
   * @param rule see the record
   * @param policy see the record
   * @param factorScanUpTo see the record
   * @throws IllegalArgumentException if one is out of range
   */
  public RankingConfig {
    Checks.between("k", k, 1, RecommendationRequest.MAX_K);
    Checks.require(candidates >= k, "candidates", "at least k (" + k + ")", candidates);
    Checks.between("candidates", candidates, 1, 100_000);
    Checks.notNull("blend", blend);
    sources = Checks.copyOf("sources", sources);
    Checks.positive("sessionGap", sessionGap);
    Checks.notNull("sessionNeighbors", sessionNeighbors);
    Checks.notNull("graphWalk", graphWalk);
    Checks.between("maxSeenItems", maxSeenItems, 0, 1_000_000);
    Checks.notNull("rule", rule);
    Checks.notNull("policy", policy);
    Checks.nonNegative("factorScanUpTo", factorScanUpTo);
  }

  /**
   * Starts from the defaults.
   *
   * @return builder: k 10, 30 candidates per source or {@code k} if that is more, learned weights,
   *     2,048 seen items, no rule, no policy, scan of factors up to 10,000 items
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Copies this with another gap.
   *
   * @param value event time without an interaction after which a session is over
   * @return the copy
   */
  public RankingConfig withSessionGap(Duration value) {
    return new RankingConfig(
        k,
        candidates,
        blend,
        sources,
        value,
        sessionNeighbors,
        graphWalk,
        maxSeenItems,
        rule,
        policy,
        factorScanUpTo);
  }

  /** Collects settings; {@link #build} checks them. */
  public static final class Builder {
    private static final int DEFAULT_CANDIDATES = 30;

    private int k = 10;
    private Integer candidates;
    private BlendConfig blend = BlendConfig.builder().build();
    private final List<CandidateSource.Factory> sources = new ArrayList<>();
    private Duration sessionGap = Duration.ofMinutes(30);
    private SessionNeighborConfig sessionNeighbors =
        SessionNeighborConfig.builder()
            .neighbors(30)
            .maxLiveItems(5)
            .secondHop(0)
            .repeats(SessionNeighborConfig.Repeats.NONE)
            .build();
    private WalkConfig graphWalk = WalkConfig.builder().build();
    private int maxSeenItems = 2048;
    private ItemRule rule = ItemRule.ANY;
    private ListPolicy policy = ListPolicy.NONE;
    private int factorScanUpTo = 10_000;

    private Builder() {}

    /**
     * Sets the items per list.
     *
     * @param value 1 to 1000
     * @return this
     */
    public Builder k(int value) {
      k = value;
      return this;
    }

    /**
     * Sets the items per source that are united.
     *
     * @param value at least {@code k}; 30, or {@code k} if that is more, where it is not set
     * @return this
     */
    public Builder candidates(int value) {
      candidates = value;
      return this;
    }

    /**
     * Sets how sources are weighted.
     *
     * @param value config
     * @return this
     */
    public Builder blend(BlendConfig value) {
      blend = value;
      return this;
    }

    /**
     * Adds a source of candidates to the built-in ones.
     *
     * @param value makes it in each subtask; must be one that Flink can ship
     * @return this
     */
    public Builder source(CandidateSource.Factory value) {
      sources.add(Checks.notNull("source", value));
      return this;
    }

    /**
     * Sets when a user's session is over; {@code Recsys} sets it to what cuts its sessions.
     *
     * @param value event time without an interaction
     * @return this
     */
    public Builder sessionGap(Duration value) {
      sessionGap = value;
      return this;
    }

    /**
     * Sets how the user's session is compared with others.
     *
     * @param value config
     * @return this
     */
    public Builder sessionNeighbors(SessionNeighborConfig value) {
      sessionNeighbors = value;
      return this;
    }

    /**
     * Sets how walks over the graph of users and items go.
     *
     * @param value config
     * @return this
     */
    public Builder graphWalk(WalkConfig value) {
      graphWalk = value;
      return this;
    }

    /**
     * Sets how many items per user are not recommended again.
     *
     * @param value 0 to 1,000,000; 8 bytes each
     * @return this
     */
    public Builder maxSeenItems(int value) {
      maxSeenItems = value;
      return this;
    }

    /**
     * Sets which items may be recommended.
     *
     * @param value rule on metadata
     * @return this
     */
    public Builder rule(ItemRule value) {
      rule = value;
      return this;
    }

    /**
     * Sets what is done to the ranked items before they are served.
     *
     * @param value policy
     * @return this
     */
    public Builder policy(ListPolicy value) {
      policy = value;
      return this;
    }

    /**
     * Sets how many items are searched by a scan of their factors; more are searched by their
     * codes, with the same outcome, faster, for {@code factors + 4} bytes per item.
     *
     * @param value not negative
     * @return this
     */
    public Builder factorScanUpTo(int value) {
      factorScanUpTo = value;
      return this;
    }

    /**
     * Checks and makes the config.
     *
     * @return the config
     * @throws IllegalArgumentException if a value is out of range or contradicts another
     */
    public RankingConfig build() {
      return new RankingConfig(
          k,
          candidates == null ? Math.max(DEFAULT_CANDIDATES, k) : candidates,
          blend,
          sources,
          sessionGap,
          sessionNeighbors,
          graphWalk,
          maxSeenItems,
          rule,
          policy,
          factorScanUpTo);
    }
  }
}
