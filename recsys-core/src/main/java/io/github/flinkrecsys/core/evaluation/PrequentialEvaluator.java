/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.evaluation;

import io.github.flinkrecsys.core.ranking.RankedItems;
import io.github.flinkrecsys.core.replica.ItemReplica;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Judges ranked lists against the item that came next and gathers the sums per source and window.
 *
 * <p>Belongs to one thread. Keeps the sums of windows that were not drained, and for the {@value
 * #REMEMBERED_WINDOWS} newest windows which items it has already reported as listed: 16 bytes per
 * listed item, source and window.
 */
public final class PrequentialEvaluator {
  private static final int REMEMBERED_WINDOWS = 2;

  private final EvaluationConfig config;
  private final ItemReplica items;
  private final TreeMap<Long, Map<String, Part>> windows = new TreeMap<>();
  private final List<EvaluationSums> restored = new ArrayList<>();
  private boolean empty = true;

  /**
   * Makes an evaluator.
   *
   * @param config what is evaluated
   * @param items whose slots the lists hold
   */
  public PrequentialEvaluator(EvaluationConfig config, ItemReplica items) {
    this.config = config;
    this.items = items;
  }

  /**
   * Judges lists that were ranked before anything learned from the event.
   *
   * @param lists one per source
   * @param slot of the item that the user turned to, or -1 if it was not known
   * @param timestampMillis event time
   */
  public void judge(List<RankedItems> lists, int slot, long timestampMillis) {
    for (RankedItems list : lists) {
      Part part = part(list.source(), timestampMillis);
      part.sums.scored++;
      part.sums.knownItems = Math.max(part.sums.knownItems, items.size());
      int rank = slot < 0 ? -1 : list.rankOf(slot, config.k());
      if (rank >= 0) {
        part.sums.hits++;
        part.sums.reciprocalRanks += 1.0 / (rank + 1);
        part.sums.gains += Math.log(2) / Math.log(rank + 2);
      }
      for (int r = 0; r < list.size() && r < config.k(); r++) {
        part.list(items.idHash(list.slot(r)));
      }
    }
  }

  /**
   * Judges a predicted rating.
   *
   * @param source that predicted it
   * @param predicted rating, clipped here
   * @param rating that the user gave
   * @param timestampMillis event time
   */
  public void judgeRating(String source, double predicted, double rating, long timestampMillis) {
    double clipped = Math.max(config.lowestRating(), Math.min(config.highestRating(), predicted));
    MetricSums sums = part(source, timestampMillis).sums;
    sums.rated++;
    sums.absoluteErrors += Math.abs(rating - clipped);
    sums.squaredErrors += (rating - clipped) * (rating - clipped);
  }

  /**
   * Tells which window an event falls into.
   *
   * @param timestampMillis event time, not negative
   * @return first event time after its window
   */
  public long windowEnd(long timestampMillis) {
    return config.windowEnd(timestampMillis);
  }

  private Part part(String source, long timestampMillis) {
    empty = false;
    return windows
        .computeIfAbsent(config.windowStart(timestampMillis), s -> new HashMap<>())
        .computeIfAbsent(source, s -> new Part());
  }

  /**
   * Tells whether there is nothing to flush.
   *
   * @return true if nothing was judged or restored since the last drain
   */
  public boolean isEmpty() {
    return empty && restored.isEmpty();
  }

  /**
   * Takes over parts that an evaluator before a restart had gathered and not drained.
   *
   * @param parts to be handed out by the next drain
   */
  public void restore(Iterable<EvaluationSums> parts) {
    parts.forEach(restored::add);
  }

  /**
   * Copies what was gathered, and keeps it.
   *
   * @return parts that together hold every event since the last drain once
   */
  public List<EvaluationSums> copy() {
    List<EvaluationSums> parts = new ArrayList<>(restored);
    windows.forEach(
        (start, sources) ->
            sources.forEach(
                (source, part) -> {
                  if (part.sums.scored > 0 || part.sums.rated > 0) {
                    parts.add(part.toSums(source, start));
                  }
                }));
    return parts;
  }

  /** Forgets what was gathered, after a drain. */
  public void clear() {
    restored.clear();
    while (windows.size() > REMEMBERED_WINDOWS) {
      windows.pollFirstEntry();
    }
    windows.values().forEach(sources -> sources.values().forEach(Part::reset));
    empty = true;
  }

  private final class Part {
    MetricSums sums = new MetricSums();
    final LongOpenHashSet reported = new LongOpenHashSet();
    final LongOpenHashSet fresh = new LongOpenHashSet();

    void list(long item) {
      if (!reported.contains(item)) {
        fresh.add(item);
      }
    }

    EvaluationSums toSums(String source, long start) {
      return new EvaluationSums(
          source,
          start,
          windowEnd(start),
          config.k(),
          sums.scored,
          sums.hits,
          sums.reciprocalRanks,
          sums.gains,
          sums.rated,
          sums.absoluteErrors,
          sums.squaredErrors,
          fresh.toLongArray(),
          sums.knownItems);
    }

    void reset() {
      sums = new MetricSums();
      reported.addAll(fresh);
      fresh.clear();
    }
  }
}
