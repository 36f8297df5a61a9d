/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.neighbor;

import io.github.flinkrecsys.core.feature.DecayedCount;
import io.github.flinkrecsys.core.util.Checks;
import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.core.vector.VectorOps;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How a {@link NeighborList} takes up pairs and is read: time-decayed weights, compared by {@code
 * w_ij * (n_i + shrinkage)^-exponent * (n_j + shrinkage)^-exponent}.
 *
 * <p>A full list admits a newcomer in place of its least similar neighbour with a probability in
 * proportion to what the two weigh (Ben Basat, Einziger, Friedman and Kassner, Randomized Admission
 * Policy, 2017), drawn from a hash of the pair, so that a replay draws the same. {@link
 * ItemNeighbors} does the same for all items in shared memory.
 */
public final class NeighborListRule {
  /** Beyond this exponent of two, weights are moved to a new landmark before they overflow. */
  private static final double MAX_EXPONENT = 30;

  private final NeighborConfig config;
  private final DecayedCount decay;

  /**
   * Makes the rule.
   *
   * @param config bounds and normalisation
   * @param decay of weights and counts
   */
  public NeighborListRule(NeighborConfig config, DecayedCount decay) {
    this.config = Checks.notNull("config", config);
    this.decay = Checks.notNull("decay", decay);
    Checks.positive("maxNeighbors", config.maxNeighbors());
  }

  /**
   * Takes up one pair.
   *
   * @param list of {@link ItemPair#itemId}; modified
   * @param pair one, or an interaction with the item itself
   * @implNote O(neighbours).
   */
  public void add(NeighborList list, ItemPair pair) {
    list.unsent++;
    list.lastSeenMillis = Math.max(list.lastSeenMillis, pair.timestampMillis());
    if (pair.isSelf()) {
      list.itemCount = pair.neighborCount();
      return;
    }
    if (list.size == 0) {
      list.landmarkMillis = pair.timestampMillis();
    }
    float scale = scaleOf(list, pair.timestampMillis());
    while (list.size > config.maxNeighbors()) {
      // The list is of a time when more were allowed.
      removeLeastSimilar(list, pair.timestampMillis());
    }
    int at = find(list, pair.neighborId());
    if (at < 0) {
      at = admit(list, pair, (pair.forward() + pair.backward()) * scale);
    }
    if (at >= 0) {
      list.forward[at] += pair.forward() * scale;
      list.backward[at] += pair.backward() * scale;
      list.counts[at] = pair.neighborCount();
    }
  }

  private static int find(NeighborList list, String itemId) {
    int hash = itemId.hashCode();
    int from = 0;
    while (from < list.size) {
      int found = VectorOps.indexOf(list.hashes, from, list.size, hash);
      if (found < 0 || list.itemIds[found].equals(itemId)) {
        return found;
      }
      from = found + 1;
    }
    return -1;
  }

  /** Gives the place that a newcomer takes, or -1 if it is turned away. */
  private int admit(NeighborList list, ItemPair pair, float weight) {
    if (list.size < config.maxNeighbors()) {
      grow(list);
      return put(list, list.size++, pair.neighborId(), 0);
    }
    long at = pair.timestampMillis();
    int least = leastSimilar(list, at);
    double damping = damping(pair.neighborCount(), at);
    double similarity = weight * damping;
    double atStake = weight(list, least) * damping(list.counts[least], at);
    double chance =
        Hashes.unit(Hashes.mix(Hashes.mix(at + Hashes.hash(pair.neighborId())) + least));
    if (chance * (similarity + atStake) > similarity) {
      return -1;
    }
    return put(list, least, pair.neighborId(), damping > 0 ? (float) (atStake / damping) : 0);
  }

  private static int put(NeighborList list, int at, String itemId, float error) {
    list.itemIds[at] = itemId;
    list.hashes[at] = itemId.hashCode();
    list.forward[at] = 0;
    list.backward[at] = 0;
    list.errors[at] = error;
    return at;
  }

  private void removeLeastSimilar(NeighborList list, long atMillis) {
    int least = leastSimilar(list, atMillis);
    int last = --list.size;
    list.itemIds[least] = list.itemIds[last];
    list.hashes[least] = list.hashes[last];
    list.forward[least] = list.forward[last];
    list.backward[least] = list.backward[last];
    list.errors[least] = list.errors[last];
    list.counts[least] = list.counts[last];
    list.itemIds[last] = null;
  }

  private void grow(NeighborList list) {
    if (list.size == list.itemIds.length) {
      int length = Math.min(config.maxNeighbors(), Math.max(4, list.size * 2));
      list.itemIds = Arrays.copyOf(list.itemIds, length);
      list.hashes = Arrays.copyOf(list.hashes, length);
      list.forward = Arrays.copyOf(list.forward, length);
      list.backward = Arrays.copyOf(list.backward, length);
      list.errors = Arrays.copyOf(list.errors, length);
      list.counts = Arrays.copyOf(list.counts, length);
    }
  }

  private int leastSimilar(NeighborList list, long atMillis) {
    int least = 0;
    double lowest = Double.POSITIVE_INFINITY;
    for (int n = 0; n < list.size; n++) {
      double similarity = weight(list, n) * damping(list.counts[n], atMillis);
      if (similarity < lowest) {
        lowest = similarity;
        least = n;
      }
    }
    return least;
  }

  /** The most that a neighbour can weigh. */
  private static float weight(NeighborList list, int at) {
    return list.forward[at] + list.backward[at] + list.errors[at];
  }

  /** Gives what a weight of one at a time counts in a list, whose landmark is moved if need be. */
  private float scaleOf(NeighborList list, long atMillis) {
    double exponent = exponent(list, atMillis);
    if (exponent <= MAX_EXPONENT) {
      return (float) Math.pow(2, exponent);
    }
    float factor = (float) Math.pow(2, -exponent);
    for (int n = 0; n < list.size; n++) {
      list.forward[n] *= factor;
      list.backward[n] *= factor;
      list.errors[n] *= factor;
    }
    list.landmarkMillis = atMillis;
    return 1;
  }

  private double exponent(NeighborList list, long atMillis) {
    return decay.logAt(atMillis) - decay.logAt(list.landmarkMillis);
  }

  private double damping(double count, long atMillis) {
    double damped = decay.valueAt(count, atMillis) + config.shrinkage();
    return damped > 0 ? Math.pow(damped, -config.exponent()) : 0;
  }

  /**
   * Reads a list.
   *
   * @param itemId of the item
   * @param list of the item
   * @param k how many neighbours at most
   * @param atMillis event time as of which weights and counts decay
   * @return the neighbours, best first, ties by id
   * @implNote O(neighbours log neighbours).
   */
  public SimilarItems read(String itemId, NeighborList list, int k, long atMillis) {
    double decay = Math.pow(2, Math.min(MAX_EXPONENT, -exponent(list, atMillis)));
    double scale = decay * damping(list.itemCount, atMillis);
    double[] similarity = new double[list.size];
    Arrays.setAll(
        similarity, n -> (list.forward[n] + list.backward[n]) * damping(list.counts[n], atMillis));
    int[] best =
        IntStream.range(0, list.size)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingDouble(n -> -similarity[n])
                    .thenComparing(n -> list.itemIds[n]))
            .limit(k)
            .mapToInt(n -> n)
            .toArray();
    String[] ids = new String[best.length];
    float[] forward = new float[best.length];
    float[] backward = new float[best.length];
    for (int rank = 0; rank < best.length; rank++) {
      int n = best[rank];
      double factor = scale * damping(list.counts[n], atMillis);
      ids[rank] = list.itemIds[n];
      forward[rank] = (float) (list.forward[n] * factor);
      backward[rank] = (float) (list.backward[n] * factor);
    }
    return new SimilarItems(itemId, atMillis, ids, forward, backward);
  }
}
