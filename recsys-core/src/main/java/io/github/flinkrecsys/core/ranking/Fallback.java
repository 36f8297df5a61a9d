/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import io.github.flinkrecsys.core.util.TopK;
import java.util.ArrayList;
import java.util.List;

/**
 * What is popular, for the places of a list that nothing else fills: the best of the source at
 * first, and on demand ever more of it, since caps may hold back any number. Belongs to one thread.
 *
 * <p>Holds 40 bytes for each item that was ever asked for at one of the depths.
 */
final class Fallback {
  /** Items looked at for one list, for the sake of its latency. */
  static final int MAX_DEPTH = 10_000;

  private static final int GROWTH = 8;

  private final SourceScores scores;
  private final RankedItems best;
  private final Eligibility eligibility;
  private final TopK.TieBreaker tie;
  private final List<Level> levels = new ArrayList<>();
  private RankedItems list;
  private int level;

  /** Where the best of one depth are found. */
  private record Level(RankedItems list, TopK top) {}

  /**
   * Makes a fallback.
   *
   * @param scores of the source
   * @param best of the source, in order
   * @param eligibility of the request at hand
   * @param tie orders items of equal score
   */
  Fallback(SourceScores scores, RankedItems best, Eligibility eligibility, TopK.TieBreaker tie) {
    this.scores = scores;
    this.best = best;
    this.eligibility = eligibility;
    this.tie = tie;
    this.list = best;
  }

  /** Takes up the next list. */
  void begin() {
    list = best;
    level = 0;
  }

  /** Gives the items, best first. */
  RankedItems list() {
    return list;
  }

  /**
   * Takes up eight times as many items: those of {@link #list} and what follows.
   *
   * @return false if there are no more, or {@value #MAX_DEPTH} were looked at
   */
  boolean deepen() {
    int depth = Math.min(MAX_DEPTH, GROWTH * list.slots.length);
    if (list.size < list.slots.length || depth <= list.slots.length) {
      return false;
    }
    if (level == levels.size()) {
      levels.add(new Level(new RankedItems(best.source(), depth), new TopK(depth, tie)));
    }
    Level deeper = levels.get(level++);
    scores.offerAll(deeper.top, eligibility);
    list = deeper.list;
    list.size = deeper.top.drainTo(list.slots, list.scores);
    return true;
  }
}
