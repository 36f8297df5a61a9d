/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.feature;

import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.core.util.Hashes;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which features a key has, in the order of their values in a vector.
 *
 * @param features at least one, names unique
 * @param ttl event time without interaction after which a key is forgotten
 */
public record FeatureConfig(List<Feature> features, Duration ttl) implements Serializable {
  /**
   * Checks and copies.
   *
   * @param features see the record
   * @param ttl see the record
   * @throws IllegalArgumentException if there is none, two share a name, or ttl is not positive
   */
  public FeatureConfig {
    features = Checks.copyOf("features", features);
    Checks.require(!features.isEmpty(), "features", "at least one", features);
    List<String> names = features.stream().map(Feature::name).toList();
    Checks.require(
        names.stream().distinct().count() == names.size(), "names of features", "unique", names);
    Checks.positive("ttl", ttl);
  }

  /**
   * Starts without features.
   *
   * @return a builder with a time to live of 30 days
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Names the values of a vector.
   *
   * @return a name per value; those of a one-hot feature are {@code name[0]}, {@code name[1]}, ...
   */
  public String[] names() {
    List<String> names = new ArrayList<>();
    for (Feature feature : features) {
      for (int i = 0; i < feature.width(); i++) {
        names.add(feature.width() == 1 ? feature.name() : feature.name() + "[" + i + "]");
      }
    }
    return names.toArray(String[]::new);
  }

  /**
   * Gives a number that is another one whenever a name, the order or any parameter of a feature is
   * another, so that a model can check what it is fed.
   *
   * @return hash of all features; the same in every release
   */
  public long version() {
    return Hashes.hash(features.stream().map(Feature::signature).collect(Collectors.joining("\n")));
  }

  static void checkName(String name) {
    boolean isName = name != null && name.matches("[A-Za-z0-9_.-]+");
    Checks.require(isName, "name", "letters, digits, dots, dashes and underscores", name);
  }

  /** Adds features in the order of their values. */
  public static final class Builder {
    private final List<Feature> features = new ArrayList<>();
    private Duration ttl = Duration.ofDays(30);

    private Builder() {}

    /**
     * Adds a decayed count.
     *
     * @param name of the feature
     * @param halfLife at least 1 ms, or {@link DecayedCount#NEVER}
     * @param types counted; none for all
     * @return this
     */
    public Builder count(String name, Duration halfLife, String... types) {
      return add(new CountFeature(name, EventTypes.of(types), DecayedCount.withHalfLife(halfLife)));
    }

    /**
     * Adds a count in a sliding window.
     *
     * @param name of the feature
     * @param bucket length of a bucket, at least 1 ms
     * @param buckets of the window, 1 to {@value WindowFeature#MAX_BUCKETS}
     * @param types counted; none for all
     * @return this
     */
    public Builder window(String name, Duration bucket, int buckets, String... types) {
      long millis = Checks.positive("bucket", bucket).toMillis();
      return add(new WindowFeature(name, EventTypes.of(types), millis, buckets));
    }

    /**
     * Adds a smoothed rate.
     *
     * @param name of the feature
     * @param successes what is hoped for, for example clicks
     * @param trials what it is hoped for from, for example impressions
     * @param halfLife at least 1 ms, or {@link DecayedCount#NEVER}
     * @param prior rate where nothing is known, in (0, 1]
     * @param strength how many trials the prior is worth; positive
     * @return this
     */
    public Builder rate(
        String name,
        EventTypes successes,
        EventTypes trials,
        Duration halfLife,
        double prior,
        double strength) {
      DecayedCount decay = DecayedCount.withHalfLife(halfLife);
      return add(new RateFeature(name, successes, trials, decay, prior, strength));
    }

    /**
     * Adds the seconds since the last interaction of some types.
     *
     * @param name of the feature
     * @param cap longest time told apart, at least 1 ms; the value where there was none
     * @param types looked for; none for all
     * @return this
     */
    public Builder timeSince(String name, Duration cap, String... types) {
      long millis = Checks.positive("cap", cap).toMillis();
      return add(new TimeSinceFeature(name, EventTypes.of(types), millis));
    }

    /**
     * Adds the index of a hashed category.
     *
     * @param name of the feature
     * @param category where its text is found
     * @param size indexes, 2 to {@value CategoryFeature#MAX_SIZE}; 0 is that of a text not known
     * @return this
     */
    public Builder index(String name, Category category, int size) {
      return add(new CategoryFeature(name, category, size, false));
    }

    /**
     * Adds a hashed category as one value per place.
     *
     * @param name of the feature
     * @param category where its text is found
     * @param size values, 2 to {@value CategoryFeature#MAX_ONE_HOT}
     * @return this
     */
    public Builder oneHot(String name, Category category, int size) {
      return add(new CategoryFeature(name, category, size, true));
    }

    /**
     * Sets after how long a silent key is forgotten.
     *
     * @param ttl at least 1 ms
     * @return this
     */
    public Builder ttl(Duration ttl) {
      this.ttl = ttl;
      return this;
    }

    private Builder add(Feature feature) {
      features.add(feature);
      return this;
    }

    /**
     * Builds.
     *
     * @return the config
     * @throws IllegalArgumentException if there is no feature or two share a name
     */
    public FeatureConfig build() {
      return new FeatureConfig(features, ttl);
    }
  }
}
