/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.inference.ranking;

import io.github.flinkrecsys.core.feature.FeatureConfig;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.core.util.Hashes;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Which features candidates are given: those of the user as the context, and of each candidate its
 * score and place in the list and the features of the item.
 *
 * @param user features of users
 * @param item features of items
 * @param maxItems of whom features are kept, 1 to 100,000,000; those beyond count as unknown
 * @param ttl event time of silence after which a user's features are forgotten
 */
public record CandidateFeatureConfig(
    FeatureConfig user, FeatureConfig item, int maxItems, Duration ttl) implements Serializable {
  /** Name of a candidate's score in the list, before the names of its item's features. */
  public static final String SCORE = "list.score";

  /** Name of a candidate's place in the list, from 0. */
  public static final String PLACE = "list.place";

  static final int OF_LIST = 2;

  /**
   * Checks.
   *
   * @param user see the record
   * @param item see the record
   * @param maxItems see the record
   * @param ttl see the record
   * @throws IllegalArgumentException if one is missing or out of range
   */
  public CandidateFeatureConfig {
    Checks.notNull("user", user);
    Checks.notNull("item", item);
    Checks.between("maxItems", maxItems, 1, 100_000_000);
    Checks.positive("ttl", ttl);
  }

  /**
   * Makes a config of the defaults.
   *
   * @param user features of users
   * @param item features of items
   * @return config: features of 100,000 items, and of users for 30 days
   */
  public static CandidateFeatureConfig of(FeatureConfig user, FeatureConfig item) {
    return new CandidateFeatureConfig(user, item, 100_000, Duration.ofDays(30));
  }

  /**
   * Names the features of a row of a model with one input, in their order.
   *
   * @return names of the user's features behind {@code user.}, {@link #SCORE}, {@link #PLACE}, and
   *     those of the item behind {@code item.}
   */
  public String[] columns() {
    List<String> names = new ArrayList<>();
    for (String name : user.names()) {
      names.add("user." + name);
    }
    names.add(SCORE);
    names.add(PLACE);
    for (String name : item.names()) {
      names.add("item." + name);
    }
    return names.toArray(String[]::new);
  }

  /**
   * Tells all of these features from others.
   *
   * @return a hash of the versions of both configs
   */
  public long version() {
    return Hashes.mix(user.version() + Hashes.mix(item.version()));
  }

  int candidateWidth() {
    return OF_LIST + item.names().length;
  }
}
