/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.examples.nextitem;

import io.github.flinkrecsys.core.neighbor.NextItem;
import io.github.flinkrecsys.core.neighbor.SessionIndex;
import io.github.flinkrecsys.core.neighbor.SessionNeighborConfig;
import io.github.flinkrecsys.core.neighbor.SessionNeighbors;
import io.github.flinkrecsys.examples.nextitem.SessionFile.Visit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Replays sessions click by click in the order of their times. After every click but a session's
 * last, the next item is predicted; only then does the replay go on.
 */
final class Replay {
  static final int LIST_LENGTH = 20;

  private static final int CLOSED = -1;

  /** A click, or, {@link #CLOSED} in place of a position, the end of a session. */
  private record Step(long millis, Visit visit, int position) {}

  private final SessionIndex index;
  private final SessionNeighbors neighbors;
  private final List<Long> nanos = new ArrayList<>();
  private long hits;
  private double reciprocalRanks;

  Replay(SessionIndex index, SessionNeighborConfig config) {
    this.index = index;
    neighbors = new SessionNeighbors(index, config);
  }

  /**
   * Replays.
   *
   * @param visits in any order
   * @param freeze whether closed sessions stay out of the index
   * @param gapMillis time after its last click at which a session is known to be closed
   */
  void run(List<Visit> visits, boolean freeze, long gapMillis) {
    List<Step> steps = new ArrayList<>();
    for (Visit visit : visits) {
      for (int position = 0; position + 1 < visit.itemIds().size(); position++) {
        steps.add(new Step(visit.millis()[position], visit, position));
      }
      if (!freeze) {
        steps.add(new Step(closedAt(visit, gapMillis), visit, CLOSED));
      }
    }
    steps.sort(Comparator.comparingLong(Step::millis));
    for (Step step : steps) {
      if (step.position == CLOSED) {
        index.add(step.visit.closed("test"));
      } else {
        predict(step);
      }
    }
  }

  /**
   * The end of time at the latest: a sum that overflows would close the session before it began.
   */
  private static long closedAt(Visit visit, long gapMillis) {
    return Math.min(visit.endMillis(), Long.MAX_VALUE - gapMillis) + gapMillis;
  }

  private void predict(Step step) {
    List<String> itemIds = step.visit.itemIds();
    List<String> live = itemIds.subList(0, step.position + 1);
    long before = System.nanoTime();
    List<NextItem> list = neighbors.nextItems(live, LIST_LENGTH, step.millis);
    nanos.add(System.nanoTime() - before);
    String next = itemIds.get(step.position + 1);
    for (int rank = 1; rank <= list.size(); rank++) {
      if (list.get(rank - 1).itemId().equals(next)) {
        hits++;
        reciprocalRanks += 1.0 / rank;
      }
    }
  }

  NextItemReport report() {
    long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return new NextItemReport(
        sorted.length,
        (double) hits / sorted.length,
        reciprocalRanks / sorted.length,
        micros(sorted, 0.5),
        micros(sorted, 0.9));
  }

  /** The smallest latency that the given share of the queries did not exceed. */
  private static double micros(long[] sorted, double share) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e3;
  }
}
