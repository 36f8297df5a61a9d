/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import java.util.List;
import java.util.Set;

/** Names of the sources of candidates, as they appear in results, metrics and reports. */
public final class Sources {
  /**
   * All items by decayed number of interactions: the baseline, and the trending list that unknown
   * users get.
   */
  public static final String POPULARITY = "popularity";

  /** Items by the score of the factor model. */
  public static final String FACTORS = "factors";

  /** Neighbours of the user's recent items. */
  public static final String NEIGHBORS = "neighbors";

  /** Neighbours of the user's last few items. */
  public static final String RECENT_NEIGHBORS = "recent-neighbors";

  /** What came after the user's recent items: sequential rules. */
  public static final String SEQUENCE = "sequence";

  /** What sessions like the user's went on to: VMIS-kNN. */
  public static final String SESSION_NEIGHBORS = "session-neighbors";

  /** What trends in all: counts with a short half-life. */
  public static final String TRENDING = "trending";

  /** What trends in the categories of the user's last items. */
  public static final String CATEGORY_TRENDING = "category-trending";

  /** Little known items that share attributes with the user's last ones. */
  public static final String CONTENT = "content";

  /** What random walks from the user's recent items come past. */
  public static final String GRAPH_WALK = "graph-walk";

  /** Fresh items that {@link ListPolicy#exploration} has drawn. */
  public static final String EXPLORATION = "exploration";

  /** The list that is served: all sources united. */
  public static final String BLEND = "blend";

  /** Sources that the library brings, whether they are switched on or not. */
  static final Set<String> BUILT_IN =
      Set.of(
          POPULARITY,
          FACTORS,
          NEIGHBORS,
          RECENT_NEIGHBORS,
          SEQUENCE,
          SESSION_NEIGHBORS,
          TRENDING,
          CATEGORY_TRENDING,
          CONTENT,
          GRAPH_WALK);

  /** Names in results that are no source of candidates, so that no own source may have them. */
  static final List<String> RESERVED = List.of(BLEND, EXPLORATION);

  private Sources() {}
}
