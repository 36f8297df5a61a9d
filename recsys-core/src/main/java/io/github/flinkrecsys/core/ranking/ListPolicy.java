/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is done to the ranked items before they are served. Everything is off by default; what is on
 * is named in {@link RecommendationList#policy}.
 *
 * <p>Places are filled one after the other. Diversity takes the item of the highest {@code (1 -
 * diversity) * r - diversity * s}, where {@code r} is the score brought to [0, 1] and {@code s} the
 * highest cosine of its factors with those of an item that was taken before, or 0 if all are
 * negative: maximal marginal relevance. Exploration gives each place, with a probability of {@code
 * exploration}, to an item drawn evenly from those of at most {@code freshBelow} decayed
 * interactions (epsilon-greedy). Evaluation is of the ranking, before all this.
 *
 * @see <a href="https://doi.org/10.1145/290941.291025">Carbonell and Goldstein, The use of MMR,
 *     1998</a>
 * @param servedFor event time for which what was shown is not shown again; zero for off
 * @param maxServedItems how many items shown are remembered per user, the newest; 1 to 100,000
 * @param caps by name of an attribute the most items of a list that may have the same value; items
 *     without it are not counted
 * @param diversity from 0 for off to 1
 * @param exploration probability per place, from 0 for off to 1
 * @param freshBelow decayed interactions up to which an item counts as fresh, positive
 */
public record ListPolicy(
    Duration servedFor,
    int maxServedItems,
    Map<String, Integer> caps,
    double diversity,
    double exploration,
    double freshBelow)
    implements Serializable {
  /** Serves what is ranked. */
  public static final ListPolicy NONE = builder().build();

  /**
   * Checks.
   *
   * @param servedFor see the record
   * @param maxServedItems see the record
   * @param caps see the record; copied
   * @param diversity see the record
   * @param exploration see the record
   * @param freshBelow see the record
   * @throws IllegalArgumentException if one is out of range
   */
  public ListPolicy {
    Checks.notNull("servedFor", servedFor);
    Checks.require(!servedFor.isNegative(), "servedFor", "non-negative", servedFor);
    Checks.between("maxServedItems", maxServedItems, 1, 100_000);
    caps = Checks.copyOf("caps", caps);
    caps.forEach((attribute, most) -> Checks.positive("cap of " + attribute, most));
    share("diversity", diversity);
    share("exploration", exploration);
    Checks.require(
        freshBelow > 0 && freshBelow < Double.POSITIVE_INFINITY,
        "freshBelow",
        "positive",
        freshBelow);
  }

  private static void share(String name, double value) {
    Checks.require(value >= 0 && value <= 1, name, "in [0.0, 1.0]", value);
  }

  boolean remembersServed() {
    return !servedFor.isZero();
  }

  /** Gives the part of {@link RecommendationList#policy} that tells what is on. */
  String description() {
    List<String> on = new ArrayList<>();
    if (remembersServed()) {
      on.add("servedFor=" + servedFor);
    }
    new TreeMap<>(caps).forEach((attribute, most) -> on.add("cap(" + attribute + ")=" + most));
    if (diversity > 0) {
      on.add("diversity=mmr(" + diversity + ")");
    }
    if (exploration > 0) {
      on.add("exploration=epsilon(" + exploration + ")");
    }
    return on.isEmpty() ? "" : "; " + String.join("; ", on);
  }

  /**
   * Starts from the defaults.
   *
   * @return builder: everything off; 200 items shown are remembered where they are, and items of up
   *     to 10 decayed interactions are fresh
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects settings; {@link #build} checks them. */
  public static final class Builder {
    private Duration servedFor = Duration.ZERO;
    private int maxServedItems = 200;
    private final Map<String, Integer> caps = new HashMap<>();
    private double diversity;
    private double exploration;
    private double freshBelow = 10;

    private Builder() {}

    /**
     * Sets how long what was shown is not shown again.
     *
     * @param value event time, zero for off
     * @return this
     */
    public Builder servedFor(Duration value) {
      servedFor = value;
      return this;
    }

    /**
     * Sets how many items shown are remembered per user.
     *
     * @param value 1 to 100,000; 16 bytes each
     * @return this
     */
    public Builder maxServedItems(int value) {
      maxServedItems = value;
      return this;
    }

    /**
     * Sets how many items of a list may have the same value of an attribute.
     *
     * @param attribute for example {@code category}
     * @param most at least 1
     * @return this
     */
    public Builder cap(String attribute, int most) {
      caps.put(Checks.notBlank("attribute", attribute), most);
      return this;
    }

    /**
     * Sets how much items of a list are to differ.
     *
     * @param value from 0 for off to 1, where only the first is taken for its score
     * @return this
     */
    public Builder diversity(double value) {
      diversity = value;
      return this;
    }

    /**
     * Sets the share of places that go to fresh items.
     *
     * @param value from 0 for off to 1
     * @return this
     */
    public Builder exploration(double value) {
      exploration = value;
      return this;
    }

    /**
     * Sets which items are fresh.
     *
     * @param value decayed interactions, positive
     * @return this
     */
    public Builder freshBelow(double value) {
      freshBelow = value;
      return this;
    }

    /**
     * Checks and makes the policy.
     *
     * @return the policy
     * @throws IllegalArgumentException if a value is out of range
     */
    public ListPolicy build() {
      return new ListPolicy(servedFor, maxServedItems, caps, diversity, exploration, freshBelow);
    }
  }
}
