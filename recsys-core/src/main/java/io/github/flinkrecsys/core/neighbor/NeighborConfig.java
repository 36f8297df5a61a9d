/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.neighbor;

import io.github.flinkrecsys.core.util.Checks;
import java.io.Serializable;

/**
 * How item neighbours are counted, bounded and compared.
 *
 * @param maxNeighbors neighbours kept per item, 0 to 10,000; 14 bytes each; 0 for none at all
 * @param window how many of a user's recent items are paired with the next one, 1 to 1,000
 * @param distanceDecay factor per item that lies between the two of a pair, in (0, 1]
 * @param exponent of the item counts by which a weight is divided: 0 favours popular items, 0.5 is
 *     the cosine, 1 favours rare ones; in [0, 1]
 * @param shrinkage added to each count, so that few observations do not look like certainty; in [0,
 *     1,000,000]
 */
public record NeighborConfig(
    int maxNeighbors, int window, double distanceDecay, double exponent, double shrinkage)
    implements Serializable {
  /** Counts nothing. */
  public static final NeighborConfig NONE = builder().maxNeighbors(0).build();

  /**
   * Checks.
   *
   * @param maxNeighbors see the record
   * @param window see the record
   * @param distanceDecay see the record
   * @param exponent see the record
   * @param shrinkage see the record
   * @throws IllegalArgumentException if one is out of range
   */
  public NeighborConfig {
    Checks.between("maxNeighbors", maxNeighbors, 0, 10_000);
    Checks.between("window", window, 1, 1_000);
    Checks.require(
        distanceDecay > 0 && distanceDecay <= 1, "distanceDecay", "in (0.0, 1.0]", distanceDecay);
    Checks.require(exponent >= 0 && exponent <= 1, "exponent", "in [0.0, 1.0]", exponent);
    Checks.require(
        shrinkage >= 0 && shrinkage <= 1e6, "shrinkage", "in [0.0, 1000000.0]", shrinkage);
  }

  /**
   * Starts from the defaults.
   *
   * @return builder: 300 neighbours, window 20, distance decay 0.9, exponent 0.5, shrinkage 5
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects settings; {@link #build} checks them. */
  public static final class Builder {
    private int maxNeighbors = 300;
    private int window = 20;
    private double distanceDecay = 0.9;
    private double exponent = 0.5;
    private double shrinkage = 5;

    private Builder() {}

    /**
     * Sets how many neighbours are kept per item.
     *
     * @param value 0 to 10,000
     * @return this
     */
    public Builder maxNeighbors(int value) {
      maxNeighbors = value;
      return this;
    }

    /**
     * Sets how many recent items are paired with the next one.
     *
     * @param value 1 to 1,000; 8 bytes of user state each
     * @return this
     */
    public Builder window(int value) {
      window = value;
      return this;
    }

    /**
     * Sets what a pair loses per item in between.
     *
     * @param value in (0, 1]
     * @return this
     */
    public Builder distanceDecay(double value) {
      distanceDecay = value;
      return this;
    }

    /**
     * Sets how far popular items are held back.
     *
     * @param value in [0, 1]
     * @return this
     */
    public Builder exponent(double value) {
      exponent = value;
      return this;
    }

    /**
     * Sets what is added to each item count.
     *
     * @param value in [0, 1,000,000]
     * @return this
     */
    public Builder shrinkage(double value) {
      shrinkage = value;
      return this;
    }

    /**
     * Checks and makes the config.
     *
     * @return the config
     * @throws IllegalArgumentException if a value is out of range
     */
    public NeighborConfig build() {
      return new NeighborConfig(maxNeighbors, window, distanceDecay, exponent, shrinkage);
    }
  }
}
