/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.neighbor;

import io.github.flinkrecsys.core.util.Hashes;
import java.util.Arrays;

/**
 * Neighbours of one item by slot, bounded by randomized admission: a pair that is not among them
 * takes the place of the least similar neighbour with a probability in proportion to what the two
 * weigh, and remembers that one's weight as its own possible error, so as not to be the next to go.
 *
 * <p>Hence no pair is shut out for good, as it is by pruning with a confidence bound; a pair that
 * comes again and again gets in and stays, while a tail of rare pairs moves little (Ben Basat,
 * Einziger, Friedman and Kassner, Randomized Admission Policy for Efficient Top-k, Frequency, and
 * Volume Estimation, 2017). The weight that is read counts only what was seen while the pair was
 * here: it is never too high.
 *
 * <p>Weights are held as of {@code landmarkMillis} (forward decay). Writers hold the row's lock;
 * readers take none and may see a neighbour whose weights are half written.
 */
final class NeighborRow {
  private static final int FIRST_CAPACITY = 4;
  private static final int UNKNOWN = -1;

  /**
   * Beyond this exponent of two, weights are moved to a new landmark, well before they overflow.
   */
  private static final double MAX_EXPONENT = 30;

  final int[] slots;
  final float[] forward;
  final float[] backward;
  final float[] errors;
  volatile int size;
  long landmarkMillis;

  /** Place of the least similar neighbour when last looked for. */
  private int least = UNKNOWN;

  private NeighborRow(
      int[] slots, float[] forward, float[] backward, float[] errors, int size, long landmark) {
    this.slots = slots;
    this.forward = forward;
    this.backward = backward;
    this.errors = errors;
    this.size = size;
    this.landmarkMillis = landmark;
  }

  static NeighborRow create(int capacity, long landmarkMillis) {
    int length = Math.max(1, capacity);
    return new NeighborRow(
        new int[length],
        new float[length],
        new float[length],
        new float[length],
        0,
        landmarkMillis);
  }

  static NeighborRow create(long landmarkMillis) {
    return create(FIRST_CAPACITY, landmarkMillis);
  }

  private NeighborRow grown(int capacity) {
    return new NeighborRow(
        Arrays.copyOf(slots, capacity),
        Arrays.copyOf(forward, capacity),
        Arrays.copyOf(backward, capacity),
        Arrays.copyOf(errors, capacity),
        size,
        landmarkMillis);
  }

  /** Tells by how much an item's count holds its weights back. */
  interface Damping {
    float of(int slot);
  }

  /**
   * Adds to a pair.
   *
   * @return this row, or the larger one that takes its place
   */
  NeighborRow add(
      int neighbor,
      double forwardWeight,
      double backwardWeight,
      long atMillis,
      long halfLifeMillis,
      int maxNeighbors,
      Damping damping) {
    float scale = rebase(atMillis, halfLifeMillis);
    NeighborRow row = this;
    int at = find(neighbor);
    if (at < 0 && size < maxNeighbors) {
      if (size == slots.length) {
        row = grown(Math.min(maxNeighbors, size * 2));
      }
      at = row.size;
      row.put(at, neighbor, 0);
      row.size = at + 1;
    } else if (at < 0) {
      at = admit(neighbor, (forwardWeight + backwardWeight) * scale, atMillis, damping);
      if (at < 0) {
        return this;
      }
    } else if (at == least) {
      least = UNKNOWN;
    }
    row.forward[at] += (float) (forwardWeight * scale);
    row.backward[at] += (float) (backwardWeight * scale);
    return row;
  }

  /** Gives the place that a newcomer takes, or -1 if it is turned away. */
  private int admit(int neighbor, double weight, long atMillis, Damping damping) {
    if (least == UNKNOWN) {
      least = leastSimilar(damping);
    }
    double similarity = weight * damping.of(neighbor);
    double atStake = (forward[least] + backward[least] + errors[least]) * damping.of(slots[least]);
    double chance = Hashes.unit(Hashes.mix(Hashes.mix(atMillis + neighbor) + slots[least]));
    if (chance * (similarity + atStake) > similarity) {
      return -1;
    }
    int place = least;
    put(place, neighbor, (float) (atStake / damping.of(neighbor)));
    least = UNKNOWN;
    return place;
  }

  private void put(int at, int neighbor, float error) {
    slots[at] = neighbor;
    forward[at] = 0;
    backward[at] = 0;
    errors[at] = error;
  }

  private int find(int neighbor) {
    for (int i = 0; i < size; i++) {
      if (slots[i] == neighbor) {
        return i;
      }
    }
    return -1;
  }

  private int leastSimilar(Damping damping) {
    int found = 0;
    float lowest = Float.POSITIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      float similarity = (forward[i] + backward[i] + errors[i]) * damping.of(slots[i]);
      if (similarity < lowest) {
        lowest = similarity;
        found = i;
      }
    }
    return found;
  }

  /**
   * Gives what a weight of one at a time counts in this row, whose landmark is moved if need be.
   */
  private float rebase(long atMillis, long halfLifeMillis) {
    double exponent = exponent(atMillis, halfLifeMillis);
    if (exponent <= MAX_EXPONENT) {
      return (float) Math.pow(2, exponent);
    }
    float factor = (float) Math.pow(2, -exponent);
    for (int i = 0; i < size; i++) {
      forward[i] *= factor;
      backward[i] *= factor;
      errors[i] *= factor;
    }
    landmarkMillis = atMillis;
    return 1;
  }

  /** Gives by what to multiply a weight of this row to have it as of a time. */
  double decay(long atMillis, long halfLifeMillis) {
    return Math.pow(2, -exponent(atMillis, halfLifeMillis));
  }

  private double exponent(long atMillis, long halfLifeMillis) {
    return halfLifeMillis == 0 ? 0 : (double) (atMillis - landmarkMillis) / halfLifeMillis;
  }
}
