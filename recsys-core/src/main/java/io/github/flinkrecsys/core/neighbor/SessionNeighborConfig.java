/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.neighbor;

import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;
import java.time.Duration;

/**
 * How a live session is compared with the remembered ones, and what its neighbours propose.
 *
 * <p>A live item weighs {@code w}, which falls with the places that it lies back. The similarity of
 * a session is the sum of {@code w * idf^matchIdf} over the live items that it contains, divided by
 * {@code length^lengthExponent} and multiplied by {@code exp(-age / timeScale)} and {@code
 * exp(-ageRate * age / age of the oldest)}. With {@code idf = ln(1 + N / (1 + n))}, N sessions
 * remembered and n of them with the item.
 *
 * <p>Each of the {@code neighbors} most similar sessions adds, for each of its places, {@code
 * similarity^similarityExponent * g} to the item there. {@code g} is the largest of {@code w *
 * exp(-(d - 1) / proximityScale)} for a live item {@code d} places before, {@code precedingWeight}
 * times that for one {@code d} places behind, and {@code repeatWeight * w} for the item itself. The
 * sum is multiplied by {@code idf^itemIdf} of the item.
 *
 * <p>The defaults were chosen for hit rate and reciprocal rank at 20 on splits of several streams
 * that stayed apart from the measured one; docs/benchmarks.md tells which value was compared on
 * which. Age in days is off: a {@code timeScale} of 20 days lost three tenths of the hits on
 * sessions of MovieLens.
 *
 * @see <a href="https://doi.org/10.1145/3514221.3517901">Kersbergen, Sprangers and Schelter,
 *     Serenade (VMIS-kNN), 2022</a>
 * @see <a href="https://doi.org/10.1007/s11257-018-9209-6">Ludewig and Jannach (VS-kNN), 2018</a>
 * @see <a href="https://doi.org/10.1145/3331184.3331322">Garg et al. (STAN), 2019</a>
 * @param neighbors most similar sessions that are heard; at most 1,000,000
 * @param maxLiveItems places of the live session that are looked at, the last ones; at most 10,000
 * @param positionDecay how the weight of a live item falls with the places that it lies back
 * @param positionRate how fast it falls, see {@link PositionDecay}
 * @param matchIdf exponent of idf where sessions are compared; 0 for off
 * @param lengthExponent exponent of the length by which a similarity is divided; 0.5 is STAN's
 *     cosine; 0 for off
 * @param timeScale age at which a session has fallen to 1/e, as in STAN; zero for off
 * @param ageRate how much the oldest remembered session is held back: one of relative age {@code
 *     a}, 0 now and 1 for the oldest, counts {@code exp(-ageRate * a)}; 0 for off
 * @param similarityExponent exponent of a similarity where its session is heard: how much the most
 *     similar stand out
 * @param proximityScale places after which a neighbour's items have fallen to 1/e, as in STAN; 0
 *     for all places alike
 * @param precedingWeight what items before the match count, compared with those after it
 * @param repeatWeight what live items themselves count
 * @param itemIdf exponent of idf of what is proposed, as in VMIS-kNN; 0 for off
 * @param secondHop where fewer items are proposed than asked for, the most recent sessions of each
 *     proposed item whose items fill up the list; 0 for off; at most 1,000
 * @param repeats which items of the live session may be proposed
 */
public record SessionNeighborConfig(
    int neighbors,
    int maxLiveItems,
    PositionDecay positionDecay,
    double positionRate,
    double matchIdf,
    double lengthExponent,
    Duration timeScale,
    double ageRate,
    double similarityExponent,
    double proximityScale,
    double precedingWeight,
    double repeatWeight,
    double itemIdf,
    int secondHop,
    Repeats repeats)
    implements Serializable {

  /**
   * Checks.
   *
   * @param neighbors how many sessions are heard
   * @param maxLiveItems how many items of the live session are looked at
   * @param positionDecay how live items lose weight
   * @param positionRate how fast live items lose weight
   * @param matchIdf how much rare items in common count
   * @param lengthExponent how much long sessions are held back
   * @param timeScale how fast sessions lose weight with age
   * @param ageRate how much old sessions are held back, whatever the time that the index spans
   * @param similarityExponent how much the most similar sessions stand out
   * @param proximityScale how much items near the match count
   * @param precedingWeight what items before the match count
   * @param repeatWeight what live items themselves count
   * @param itemIdf how much rare items are preferred
   * @param secondHop how many sessions of a proposed item fill up short lists
   * @param repeats which live items may be proposed
   * @throws IllegalArgumentException if a value is out of its range
   */
  public SessionNeighborConfig {
    Checks.between("neighbors", neighbors, 1, 1_000_000);
    Checks.between("maxLiveItems", maxLiveItems, 1, 10_000);
    Checks.notNull("positionDecay", positionDecay);
    Checks.nonNegative("positionRate", positionRate);
    exponent("matchIdf", matchIdf);
    exponent("lengthExponent", lengthExponent);
    Checks.notNull("timeScale", timeScale);
    if (!timeScale.isZero()) {
      Checks.positive("timeScale", timeScale);
    }
    Checks.nonNegative("ageRate", ageRate);
    exponent("similarityExponent", similarityExponent);
    Checks.nonNegative("proximityScale", proximityScale);
    Checks.require(
        precedingWeight >= 0 && precedingWeight <= 100,
        "precedingWeight",
        "in [0.0, 100.0]",
        precedingWeight);
    Checks.require(
        repeatWeight >= 0 && repeatWeight <= 100, "repeatWeight", "in [0.0, 100.0]", repeatWeight);
    exponent("itemIdf", itemIdf);
    Checks.between("secondHop", secondHop, 0, 1_000);
    Checks.notNull("repeats", repeats);
  }

  /** How the weight of a live item falls with the {@code p} places that it lies back. */
  public enum PositionDecay {
    /** {@code max(0.1, 1 - rate * p)}: VS-kNN's with a rate of 0.1. */
    LINEAR,
    /** {@code exp(-rate * p)}: STAN's. */
    EXPONENTIAL,
    /** {@code (1 + p)^-rate}: VS-kNN's division with a rate of 1. */
    POWER;

    double weight(int placesBack, double rate) {
      return switch (this) {
        case LINEAR -> Math.max(0.1, 1 - rate * placesBack);
        case EXPONENTIAL -> Math.exp(-rate * placesBack);
        case POWER -> Math.pow(1 + placesBack, -rate);
      };
    }
  }

  /** Which items of the live session may be proposed. */
  public enum Repeats {
    /** Every one, as the published measurements have it. */
    ALL,
    /** Every one but the current, as in a shop that shows the current one already. */
    EARLIER,
    /** None. */
    NONE
  }

  /**
   * Starts from the defaults.
   *
   * @return a builder with 500 neighbours of the last 20 items, weights of {@code (1 + p)^-0.7} by
   *     position, idf 2 of what is in common and 0.3 of what is proposed, similarity exponent 1.5,
   *     proximity scale 2.5, weight 0.8 for preceding items, similarities divided by {@code
   *     length^0.2}, age rate 0.2, a second hop of 50 sessions, and all repeats
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts from plain VMIS-kNN.
   *
   * @return a builder with 100 neighbours of the last 20 items, linear weights by position, and
   *     neither idf nor regard to places or time
   */
  public static Builder vmisKnn() {
    return builder()
        .neighbors(100)
        .positionDecay(PositionDecay.LINEAR)
        .positionRate(0.1)
        .matchIdf(0)
        .lengthExponent(0)
        .ageRate(0)
        .similarityExponent(1)
        .proximityScale(0)
        .precedingWeight(1)
        .itemIdf(0)
        .secondHop(0);
  }

  /** Scores stay finite floats up to here. */
  private static void exponent(String name, double value) {
    Checks.require(value >= 0 && value <= 4, name, "in [0.0, 4.0]", value);
  }

  /**
   * Gives the defaults.
   *
   * @return what a fresh {@link #builder} builds
   */
  public static SessionNeighborConfig defaults() {
    return builder().build();
  }

  /** Sets some values and leaves the others at their default. */
  public static final class Builder {
    private int neighbors = 500;
    private int maxLiveItems = 20;
    private PositionDecay positionDecay = PositionDecay.POWER;
    private double positionRate = 0.7;
    private double matchIdf = 2;
    private double lengthExponent = 0.2;
    private Duration timeScale = Duration.ZERO;
    private double ageRate = 0.2;
    private double similarityExponent = 1.5;
    private double proximityScale = 2.5;
    private double precedingWeight = 0.8;
    private double repeatWeight = 1;
    private double itemIdf = 0.3;
    private int secondHop = 50;
    private Repeats repeats = Repeats.ALL;

    private Builder() {}

    /**
     * Sets how many sessions are heard.
     *
     * @param neighbors see {@link SessionNeighborConfig#neighbors}
     * @return this
     */
    public Builder neighbors(int neighbors) {
      this.neighbors = neighbors;
      return this;
    }

    /**
     * Sets how many items of the live session are looked at.
     *
     * @param maxLiveItems see {@link SessionNeighborConfig#maxLiveItems}
     * @return this
     */
    public Builder maxLiveItems(int maxLiveItems) {
      this.maxLiveItems = maxLiveItems;
      return this;
    }

    /**
     * Sets how live items lose weight.
     *
     * @param positionDecay see {@link SessionNeighborConfig#positionDecay}
     * @return this
     */
    public Builder positionDecay(PositionDecay positionDecay) {
      this.positionDecay = positionDecay;
      return this;
    }

    /**
     * Sets how fast live items lose weight.
     *
     * @param positionRate see {@link SessionNeighborConfig#positionRate}
     * @return this
     */
    public Builder positionRate(double positionRate) {
      this.positionRate = positionRate;
      return this;
    }

    /**
     * Sets how much rare items in common count.
     *
     * @param matchIdf see {@link SessionNeighborConfig#matchIdf}
     * @return this
     */
    public Builder matchIdf(double matchIdf) {
      this.matchIdf = matchIdf;
      return this;
    }

    /**
     * Sets how much long sessions are held back.
     *
     * @param lengthExponent see {@link SessionNeighborConfig#lengthExponent}
     * @return this
     */
    public Builder lengthExponent(double lengthExponent) {
      this.lengthExponent = lengthExponent;
      return this;
    }

    /**
     * Sets how fast sessions lose weight with age.
     *
     * @param timeScale see {@link SessionNeighborConfig#timeScale}
     * @return this
     */
    public Builder timeScale(Duration timeScale) {
      this.timeScale = timeScale;
      return this;
    }

    /**
     * Sets how much old sessions are held back, whatever the time that the index spans.
     *
     * @param ageRate see {@link SessionNeighborConfig#ageRate}
     * @return this
     */
    public Builder ageRate(double ageRate) {
      this.ageRate = ageRate;
      return this;
    }

    /**
     * Sets how much the most similar sessions stand out.
     *
     * @param similarityExponent see {@link SessionNeighborConfig#similarityExponent}
     * @return this
     */
    public Builder similarityExponent(double similarityExponent) {
      this.similarityExponent = similarityExponent;
      return this;
    }

    /**
     * Sets how much items near the match count.
     *
     * @param proximityScale see {@link SessionNeighborConfig#proximityScale}
     * @return this
     */
    public Builder proximityScale(double proximityScale) {
      this.proximityScale = proximityScale;
      return this;
    }

    /**
     * Sets what items before the match count.
     *
     * @param precedingWeight see {@link SessionNeighborConfig#precedingWeight}
     * @return this
     */
    public Builder precedingWeight(double precedingWeight) {
      this.precedingWeight = precedingWeight;
      return this;
    }

    /**
     * Sets what live items themselves count.
     *
     * @param repeatWeight see {@link SessionNeighborConfig#repeatWeight}
     * @return this
     */
    public Builder repeatWeight(double repeatWeight) {
      this.repeatWeight = repeatWeight;
      return this;
    }

    /**
     * Sets how much rare items are preferred.
     *
     * @param itemIdf see {@link SessionNeighborConfig#itemIdf}
     * @return this
     */
    public Builder itemIdf(double itemIdf) {
      this.itemIdf = itemIdf;
      return this;
    }

    /**
     * Sets how many sessions of a proposed item fill up short lists.
     *
     * @param secondHop see {@link SessionNeighborConfig#secondHop}
     * @return this
     */
    public Builder secondHop(int secondHop) {
      this.secondHop = secondHop;
      return this;
    }

    /**
     * Sets which live items may be proposed.
     *
     * @param repeats see {@link SessionNeighborConfig#repeats}
     * @return this
     */
    public Builder repeats(Repeats repeats) {
      this.repeats = repeats;
      return this;
    }

    /**
     * Builds.
     *
     * @return the config
     * @throws IllegalArgumentException if a value is out of its range
     */
    public SessionNeighborConfig build() {
      return new SessionNeighborConfig(
          neighbors,
          maxLiveItems,
          positionDecay,
          positionRate,
          matchIdf,
          lengthExponent,
          timeScale,
          ageRate,
          similarityExponent,
          proximityScale,
          precedingWeight,
          repeatWeight,
          itemIdf,
          secondHop,
          repeats);
    }
  }
}
