/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.neighbor;

import io.github.flinkrecsys.core.neighbor.SessionNeighborConfig.Repeats;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.core.util.TopK;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Finds the remembered sessions that resemble a live one and scores what they went on to: VMIS-kNN,
 * with the weightings of {@link SessionNeighborConfig}.
 *
 * <p>The answer depends on what the index holds, not on the order in which it came: sessions of
 * equal similarity are taken by recency, items of equal score by id.
 *
 * <p>Holds scratch memory, 4 bytes per session and 20 per item of the index; belongs to one thread.
 */
public final class SessionNeighbors {
  /** The best score of the second hop, as a share of the worst of the first. */
  private static final float SECOND_HOP = 0.9f;

  private final SessionIndex index;
  private final SessionNeighborConfig config;
  private final double[] positionWeights;
  private final double[] lengthWeights;
  private final double proximityDecay;
  private final SessionIdf matchIdf;
  private final SessionIdf itemIdf;
  private final TopK nearest;
  private final int[] neighborSlots;
  private final float[] neighborSimilarities;

  private float[] similarities = new float[0];
  private final IntArrayList similar = new IntArrayList();

  private final IntArrayList liveItems = new IntArrayList();
  private float[] liveWeights = new float[0];
  private float[] scores = new float[0];
  private float[] loudest = new float[0];
  private int[] because = new int[0];
  private boolean[] excluded = new boolean[0];
  private final IntArrayList excludedItems = new IntArrayList();
  private final IntArrayList proposed = new IntArrayList();

  private final SecondHop secondHop;
  private final float[] weightBefore;
  private final int[] itemBefore;
  private long endedByMillis;

  /**
   * Makes scratch memory for an index.
   *
   * @param index to be asked, shared
   * @param config how
   */
  public SessionNeighbors(SessionIndex index, SessionNeighborConfig config) {
    this.index = Checks.notNull("index", index);
    this.config = Checks.notNull("config", config);
    positionWeights = new double[config.maxLiveItems()];
    Arrays.setAll(positionWeights, p -> config.positionDecay().weight(p, config.positionRate()));
    lengthWeights = new double[index.config().maxSessionLength() + 1];
    Arrays.setAll(lengthWeights, n -> Math.pow(n, -config.lengthExponent()));
    proximityDecay = config.proximityScale() == 0 ? 1 : Math.exp(-1 / config.proximityScale());
    matchIdf = new SessionIdf(config.matchIdf());
    itemIdf = new SessionIdf(config.itemIdf());
    nearest = new TopK(config.neighbors(), (a, b) -> a == b ? 0 : index.isNewer(a, b) ? -1 : 1);
    neighborSlots = new int[config.neighbors()];
    neighborSimilarities = new float[config.neighbors()];
    secondHop = new SecondHop(index, config.secondHop());
    weightBefore = new float[index.config().maxSessionLength()];
    itemBefore = new int[index.config().maxSessionLength()];
  }

  /**
   * Finds what comes next.
   *
   * @param itemIds the live session's items, oldest to newest, repeats included; unknown ones hold
   *     their place
   * @param count how many items at most
   * @param nowMillis event time, against which the age of sessions is taken; sessions that ended
   *     later are passed over
   * @return the best, best first; empty if the index knows none of the items that are looked at
   * @throws IllegalArgumentException if {@code count} is not positive
   * @implNote O(live items * sessions per item + neighbours * their length + count log count), for
   *     a short list also the items of the second hop's sessions.
   */
  public List<NextItem> nextItems(List<String> itemIds, int count, long nowMillis) {
    return nextItems(itemIds, count, nowMillis, nowMillis);
  }

  /**
   * Finds what comes next, from sessions that had ended by a given time: where events are read from
   * a log, the index may know what closed later, even the rest of the very session that asks.
   *
   * @param itemIds the live session's items, oldest to newest, repeats included; unknown ones hold
   *     their place
   * @param count how many items at most
   * @param nowMillis event time, against which the age of sessions is taken
   * @param endedByMillis sessions that ended later are passed over
   * @return the best, best first; empty if the index knows none of the items that are looked at
   * @throws IllegalArgumentException if {@code count} is not positive
   */
  public List<NextItem> nextItems(
      List<String> itemIds, int count, long nowMillis, long endedByMillis) {
    Checks.positive("count", count);
    this.endedByMillis = endedByMillis;
    index.readLock().lock();
    try {
      makeRoom();
      takeLiveItems(itemIds);
      findSimilar();
      int neighbors = chooseNearest(nowMillis);
      for (int n = 0; n < neighbors; n++) {
        hear(index.items(neighborSlots[n]), neighborSimilarities[n]);
      }
      List<NextItem> best = best(count);
      if (best.size() < count && config.secondHop() > 0) {
        fillUp(best, count);
      }
      return best;
    } finally {
      forget();
      index.readLock().unlock();
    }
  }

  private void makeRoom() {
    if (similarities.length < index.sessionSlotCount()) {
      similarities = new float[index.sessionSlotCount() * 5 / 4];
    }
    int items = index.itemSlotCount();
    if (scores.length < items) {
      int capacity = items + items / 4;
      liveWeights = new float[capacity];
      scores = new float[capacity];
      loudest = new float[capacity];
      because = new int[capacity];
      excluded = new boolean[capacity];
    }
  }

  private void takeLiveItems(List<String> itemIds) {
    int size = itemIds.size();
    for (int back = 0; back < Math.min(size, positionWeights.length); back++) {
      int item = index.itemSlot(itemIds.get(size - 1 - back));
      float weight = (float) positionWeights[back];
      if (item >= 0 && liveWeights[item] == 0 && weight > 0) {
        liveWeights[item] = weight;
        liveItems.add(item);
      }
    }
    int allowed = config.repeats() == Repeats.NONE ? size : 1;
    for (int back = 0; back < Math.min(allowed, size); back++) {
      int item = index.itemSlot(itemIds.get(size - 1 - back));
      if (item >= 0 && config.repeats() != Repeats.ALL) {
        excluded[item] = true;
        excludedItems.add(item);
      }
    }
  }

  /** Adds up the similarities, live items and sessions from the newest to the oldest. */
  private void findSimilar() {
    for (int i = 0; i < liveItems.size(); i++) {
      int item = liveItems.getInt(i);
      ItemPostings held = index.postings(item);
      float weight =
          (float) (liveWeights[item] * matchIdf.of(held.sessionCount, index.sessionCount()));
      for (int rank = 0, size = held.size(); rank < size && weight > 0; rank++) {
        int slot = held.newest(rank);
        if (index.endMillis(slot) <= endedByMillis) {
          if (similarities[slot] == 0) {
            similar.add(slot);
          }
          similarities[slot] += weight;
        }
      }
    }
  }

  private int chooseNearest(long nowMillis) {
    double agePerMilli = agePerMilli(nowMillis);
    for (int i = 0; i < similar.size(); i++) {
      int slot = similar.getInt(i);
      double similarity = similarities[slot];
      if (config.lengthExponent() > 0) {
        similarity *= lengthWeights[index.items(slot).length];
      }
      // Age only takes away, so the exponential is spared for what is out already.
      if (agePerMilli > 0 && similarity >= nearest.threshold()) {
        similarity *=
            Math.exp(-agePerMilli * Math.max(0.0, (double) nowMillis - index.endMillis(slot)));
      }
      // Rounded before it is compared, so that sessions of equal similarity reach the tie breaker.
      float rounded = (float) similarity;
      if (rounded >= nearest.threshold()) {
        nearest.offer(slot, rounded);
      }
    }
    return nearest.drainTo(neighborSlots, neighborSimilarities);
  }

  /** The two weights of age in one exponent. */
  private double agePerMilli(long nowMillis) {
    double absolute = config.timeScale().isZero() ? 0 : 1.0 / config.timeScale().toMillis();
    double span = index.isEmpty() ? 0 : (double) nowMillis - index.oldestEndMillis();
    return span > 0 ? absolute + config.ageRate() / span : absolute;
  }

  /** Adds what one neighbour proposes. */
  private void hear(int[] items, float similarity) {
    double strength = Math.pow(similarity, config.similarityExponent());
    double weight = 0;
    int item = -1;
    for (int place = 0; place < items.length; place++) {
      weightBefore[place] = (float) weight;
      itemBefore[place] = item;
      weight *= proximityDecay;
      double live = liveWeights[items[place]];
      if (live > 0 && live >= weight) {
        weight = live;
        item = items[place];
      }
    }
    weight = 0;
    for (int place = items.length - 1; place >= 0; place--) {
      double after = config.precedingWeight() * weight;
      double live = liveWeights[items[place]];
      double repeat = config.repeatWeight() * live;
      double before = weightBefore[place];
      if (repeat > 0 && repeat >= before && repeat >= after) {
        propose(items[place], strength * repeat, items[place]);
      } else if (before >= after) {
        propose(items[place], strength * before, itemBefore[place]);
      } else {
        propose(items[place], strength * after, item);
      }
      weight *= proximityDecay;
      if (live > 0 && live >= weight) {
        weight = live;
        item = items[place];
      }
    }
  }

  private void propose(int item, double contribution, int reason) {
    float added = (float) contribution;
    if (!(added > 0) || excluded[item]) {
      return;
    }
    if (scores[item] == 0) {
      proposed.add(item);
    }
    scores[item] += added;
    if (added > loudest[item]) {
      loudest[item] = added;
      because[item] = reason;
    }
  }

  private List<NextItem> best(int count) {
    TopK top = new TopK(Math.min(count, Math.max(1, proposed.size())), this::compareIds);
    double highestIdf = itemIdf.of(1, index.sessionCount());
    for (int i = 0; i < proposed.size(); i++) {
      int item = proposed.getInt(i);
      if ((float) (scores[item] * highestIdf) >= top.threshold()) {
        double idf = itemIdf.of(index.postings(item).sessionCount, index.sessionCount());
        top.offer(item, (float) (scores[item] * idf));
      }
    }
    int[] items = new int[top.size()];
    float[] itemScores = new float[items.length];
    top.drainTo(items, itemScores);
    List<NextItem> next = new ArrayList<>(items.length);
    addAll(next, items, itemScores, item -> because[item]);
    return next;
  }

  /** Ranks what the second hop finds below all that is there. */
  private void fillUp(List<NextItem> best, int count) {
    secondHop.collect(proposed, scores, because, endedByMillis);
    float ceiling = best.isEmpty() ? 0 : best.get(best.size() - 1).score();
    TopK top = new TopK(count - best.size(), this::compareIds);
    secondHop.forEach(
        (item, share) -> {
          float score = SECOND_HOP * ceiling * share;
          if (score > 0 && scores[item] == 0 && !excluded[item]) {
            top.offer(item, score);
          }
        });
    int[] items = new int[top.size()];
    float[] itemScores = new float[items.length];
    top.drainTo(items, itemScores);
    addAll(best, items, itemScores, secondHop::because);
  }

  private void addAll(
      List<NextItem> list, int[] items, float[] itemScores, IntUnaryOperator reason) {
    for (int i = 0; i < items.length; i++) {
      String because = index.postings(reason.applyAsInt(items[i])).id;
      list.add(new NextItem(index.postings(items[i]).id, itemScores[i], because));
    }
  }

  private int compareIds(int a, int b) {
    return index.postings(a).id.compareTo(index.postings(b).id);
  }

  /** Leaves the scratch memory as it was found, in time proportional to what was touched. */
  private void forget() {
    for (int i = 0; i < similar.size(); i++) {
      similarities[similar.getInt(i)] = 0;
    }
    for (int i = 0; i < liveItems.size(); i++) {
      liveWeights[liveItems.getInt(i)] = 0;
    }
    for (int i = 0; i < excludedItems.size(); i++) {
      excluded[excludedItems.getInt(i)] = false;
    }
    for (int i = 0; i < proposed.size(); i++) {
      scores[proposed.getInt(i)] = 0;
      loudest[proposed.getInt(i)] = 0;
    }
    similar.clear();
    liveItems.clear();
    excludedItems.clear();
    proposed.clear();
    nearest.clear();
  }
}
