/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.graph;

import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;
import java.time.Duration;

/**
 * How walks go.
 *
 * @param steps from item to user to item, all walks of a request together, 1 to 10,000,000
 * @param maxLength steps of one walk after which it begins anew, at least 1
 * @param restart chance to begin anew after a step, in (0, 1]
 * @param queryItems items of the user from which walks begin, 1 to 10,000
 * @param positionDecay what an item loses of its share of the steps for each newer one, in (0, 1]
 * @param halfLife age at which an edge is drawn half as often, zero for no decay
 * @param degreeExponent how far items with many users are held back: scores are divided by the
 *     number of users to this power, in [0, 1]
 * @param stopItems walks from an item end when so many items have {@code stopVisits}; at least 1
 * @param stopVisits visits that make an item a sure one; at least 1
 */
public record WalkConfig(
    int steps,
    int maxLength,
    double restart,
    int queryItems,
    double positionDecay,
    Duration halfLife,
    double degreeExponent,
    int stopItems,
    int stopVisits)
    implements Serializable {

  /**
   * Checks.
   *
   * @param steps see the record
   * @param maxLength see the record
   * @param restart see the record
   * @param queryItems see the record
   * @param positionDecay see the record
   * @param halfLife see the record
   * @param degreeExponent see the record
   * @param stopItems see the record
   * @param stopVisits see the record
   * @throws IllegalArgumentException if one is out of range
   */
  public WalkConfig {
    Checks.between("steps", steps, 1, 10_000_000);
    Checks.positive("maxLength", maxLength);
    Checks.inRange("restart", restart, 0, 1);
    Checks.between("queryItems", queryItems, 1, 10_000);
    Checks.inRange("positionDecay", positionDecay, 0, 1);
    Checks.nonNegative("halfLife", halfLife);
    Checks.require(
        degreeExponent >= 0 && degreeExponent <= 1,
        "degreeExponent",
        "in [0.0, 1.0]",
        degreeExponent);
    Checks.positive("stopItems", stopItems);
    Checks.positive("stopVisits", stopVisits);
  }

  /**
   * Starts from the defaults.
   *
   * @return builder: 1,000 steps, walks of at most 2 that begin anew with chance 0.5, 5 items with
   *     decay 0.7, no decay of edges, degree exponent 0, stop at 200 items of 10 visits
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Tells how many of a number of steps or walks are a query item's.
   *
   * @param all steps or walks of the request
   * @param place of the query item, 0 for the newest
   * @param queries how many query items there are
   * @return at least 1; the shares of all query items are {@code all} and at most one more each
   */
  public int share(int all, int place, int queries) {
    double sum =
        positionDecay == 1 ? queries : (1 - Math.pow(positionDecay, queries)) / (1 - positionDecay);
    return (int) Math.max(1, Math.ceil(all * Math.pow(positionDecay, place) / sum));
  }

  /**
   * Tells how many walks take {@link #steps} on average, where none comes to an end early.
   *
   * @return at least 1
   */
  public int walks() {
    // (1 - (1 - restart)^maxLength) / restart, which keeps its digits where restart is tiny.
    double length = -Math.expm1(maxLength * Math.log1p(-restart)) / restart;
    return Math.max(1, (int) Math.round(steps / length));
  }

  /** Sets some values and leaves the others at their default. */
  public static final class Builder {
    private int steps = 1_000;
    private int maxLength = 2;
    private double restart = 0.5;
    private int queryItems = 5;
    private double positionDecay = 0.7;
    private Duration halfLife = Duration.ZERO;
    private double degreeExponent = 0;
    private int stopItems = 200;
    private int stopVisits = 10;

    private Builder() {}

    /**
     * Sets how many steps a request may take.
     *
     * @param value 1 to 10,000,000
     * @return this
     */
    public Builder steps(int value) {
      steps = value;
      return this;
    }

    /**
     * Sets how far a walk may go.
     *
     * @param value steps, at least 1
     * @return this
     */
    public Builder maxLength(int value) {
      maxLength = value;
      return this;
    }

    /**
     * Sets how soon walks begin anew.
     *
     * @param value chance after each step, in (0, 1]
     * @return this
     */
    public Builder restart(double value) {
      restart = value;
      return this;
    }

    /**
     * Sets from how many items of the user walks begin.
     *
     * @param value 1 to 10,000
     * @return this
     */
    public Builder queryItems(int value) {
      queryItems = value;
      return this;
    }

    /**
     * Sets what an item loses for each newer one.
     *
     * @param value in (0, 1]
     * @return this
     */
    public Builder positionDecay(double value) {
      positionDecay = value;
      return this;
    }

    /**
     * Sets how fast edges lose weight.
     *
     * @param value event time, zero for never
     * @return this
     */
    public Builder halfLife(Duration value) {
      halfLife = value;
      return this;
    }

    /**
     * Sets how far items with many users are held back.
     *
     * @param value in [0, 1]
     * @return this
     */
    public Builder degreeExponent(double value) {
      degreeExponent = value;
      return this;
    }

    /**
     * Sets when walks from an item end early.
     *
     * @param items how many
     * @param visits of each
     * @return this
     */
    public Builder earlyStop(int items, int visits) {
      stopItems = items;
      stopVisits = visits;
      return this;
    }

    /**
     * Builds.
     *
     * @return the config
     * @throws IllegalArgumentException if a value is out of its range
     */
    public WalkConfig build() {
      return new WalkConfig(
          steps,
          maxLength,
          restart,
          queryItems,
          positionDecay,
          halfLife,
          degreeExponent,
          stopItems,
          stopVisits);
    }
  }
}
