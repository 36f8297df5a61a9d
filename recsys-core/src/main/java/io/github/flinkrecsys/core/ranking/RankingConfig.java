/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.event.RecommendationRequest;
import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;

/**
 * How lists are made.
 *
 * @param k items per list, 1 to {@link RecommendationRequest#MAX_K}
 * @param candidates items per source that are united, at least {@code k}
 * @param popularityWeight how much popularity counts in the blend against 1 for factors, in [0, 10]
 * @param maxSeenItems how many items per user are remembered and not recommended again, 0 to
 *     1,000,000
 * @param rule which items may be recommended
 * @param factorScanUpTo how many items are searched by a scan of their factors, not negative; more
 *     by a scan of byte codes with the same outcome, see {@link FactorRetrieval#bySize}
 */
public record RankingConfig(
    int k,
    int candidates,
    double popularityWeight,
    int maxSeenItems,
    ItemRule rule,
    int factorScanUpTo)
    implements Serializable {

  /**
   * Checks.
   *
   * @param k see the record
   * @param candidates see the record
   * @param popularityWeight see the record
   * @param maxSeenItems see the record
   * @param rule see the record
   * @param factorScanUpTo see the record
   * @throws IllegalArgumentException if one is out of range
   */
  public RankingConfig {
    Checks.between("k", k, 1, RecommendationRequest.MAX_K);
    Checks.require(candidates >= k, "candidates", "at least k (" + k + ")", candidates);
    Checks.between("candidates", candidates, 1, 100_000);
    Checks.require(
        popularityWeight >= 0 && popularityWeight <= 10,
        "popularityWeight",
        "in [0.0, 10.0]",
        popularityWeight);
    Checks.between("maxSeenItems", maxSeenItems, 0, 1_000_000);
    Checks.notNull("rule", rule);
    Checks.nonNegative("factorScanUpTo", factorScanUpTo);
  }

  /**
   * Starts from the defaults.
   *
   * @return builder: k 10, 100 candidates per source, popularity weight 0.05, 2,048 seen items, no
   *     rule, scan of factors up to 10,000 items
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects settings; {@link #build} checks them. */
  public static final class Builder {
    private int k = 10;
    private int candidates = 100;
    private double popularityWeight = 0.05;
    private int maxSeenItems = 2048;
    private ItemRule rule = ItemRule.ANY;
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
     * @param value at least {@code k}
     * @return this
     */
    public Builder candidates(int value) {
      candidates = value;
      return this;
    }

    /**
     * Sets how much popularity counts against 1 for factors.
     *
     * @param value in [0, 10]; 0 leaves it to unknown users
     * @return this
     */
    public Builder popularityWeight(double value) {
      popularityWeight = value;
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
      return new RankingConfig(k, candidates, popularityWeight, maxSeenItems, rule, factorScanUpTo);
    }
  }
}
