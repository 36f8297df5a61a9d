/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.neighbor;

import io.github.flinkrecsys.core.util.Hashes;
import io.github.flinkrecsys.core.util.TopK;
import io.github.flinkrecsys.core.vector.VectorOps;

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

  /** The row itself, and the reference to it. */
  private static final int OBJECT_BYTES = 44;

  /** Arrays of whole numbers per neighbour, before those of errors. */
  private static final int PLANES = 3;

  private static final int UNKNOWN = -1;

  /** Neighbours among which the least similar is looked for. */
  private static final int WAYS = 64;

  /**
   * Beyond this exponent of two, weights are moved to a new landmark, well before they overflow.
   */
  private static final double MAX_EXPONENT = 30;

  /**
   * Slots, forward weights and backward weights, each {@link #capacity} long; then errors, two in
   * each number.
   */
  private final int[] data;

  private final int capacity;
  private volatile int size;
  private long landmarkMillis;

  /** Place of the least similar neighbour when last looked for. */
  private int least = UNKNOWN;

  private NeighborRow(int capacity, int size, long landmarkMillis) {
    this.data = new int[PLANES * capacity + (capacity + 1) / 2];
    this.capacity = capacity;
    this.size = size;
    this.landmarkMillis = landmarkMillis;
  }

  static NeighborRow create(int capacity, long landmarkMillis) {
    return new NeighborRow(Math.max(1, capacity), 0, landmarkMillis);
  }

  static NeighborRow create(long landmarkMillis) {
    return create(FIRST_CAPACITY, landmarkMillis);
  }

  private NeighborRow grown(int newCapacity) {
    NeighborRow copy = new NeighborRow(newCapacity, size, landmarkMillis);
    for (int plane = 0; plane < PLANES; plane++) {
      System.arraycopy(data, plane * capacity, copy.data, plane * newCapacity, size);
    }
    System.arraycopy(data, PLANES * capacity, copy.data, PLANES * newCapacity, (size + 1) / 2);
    return copy;
  }

  /** Gives the neighbours that read as most similar, in a row of their own. */
  NeighborRow best(int count, Dampings.AsOf damping) {
    TopK top = new TopK(count);
    for (int at = 0; at < size; at++) {
      top.offer(at, (forward(at) + backward(at)) * damping.of(slot(at)));
    }
    int[] places = new int[count];
    int kept = top.drainTo(places, new float[count]);
    NeighborRow row = new NeighborRow(count, 0, landmarkMillis);
    for (int n = 0; n < kept; n++) {
      int at = places[n];
      row.append(slot(at), forward(at), backward(at), error(at));
    }
    return row;
  }

  int size() {
    return size;
  }

  long bytes() {
    return OBJECT_BYTES + HeapBytes.ofArray(data.length, Integer.BYTES);
  }

  long landmarkMillis() {
    return landmarkMillis;
  }

  /** Copies the first neighbours, as many as fit, with scaled weights; gives how many. */
  int read(float scale, int[] slots, float[] forward, float[] backward) {
    int count = Math.min(size, slots.length);
    System.arraycopy(data, 0, slots, 0, count);
    for (int i = 0; i < count; i++) {
      forward[i] = Float.intBitsToFloat(data[capacity + i]) * scale;
    }
    for (int i = 0; i < count; i++) {
      backward[i] = Float.intBitsToFloat(data[2 * capacity + i]) * scale;
    }
    return count;
  }

  int slot(int at) {
    return data[at];
  }

  /** Gives the weight of the pairs in which the neighbour came later. */
  float forward(int at) {
    return Float.intBitsToFloat(data[capacity + at]);
  }

  /** Gives the weight of the pairs in which the neighbour came earlier. */
  float backward(int at) {
    return Float.intBitsToFloat(data[2 * capacity + at]);
  }

  /** Gives the weight that the neighbour may have had before it was admitted. */
  float error(int at) {
    int both = data[PLANES * capacity + at / 2];
    return Float.intBitsToFloat(at % 2 == 0 ? both << 16 : both & 0xffff_0000);
  }

  /** Adds a neighbour that is not there, where there is room. */
  void append(int neighbor, float forward, float backward, float error) {
    put(size, neighbor, forward, backward, error);
    size = size + 1;
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
      Dampings.AsOf damping) {
    float scale = rebase(atMillis, halfLifeMillis);
    NeighborRow row = this;
    int at = find(neighbor);
    if (at < 0 && size < maxNeighbors) {
      if (size == capacity) {
        row = grown(Math.min(maxNeighbors, size * 2));
      }
      at = row.size;
      row.append(neighbor, 0, 0, 0);
    } else if (at < 0) {
      at = admit(neighbor, (forwardWeight + backwardWeight) * scale, atMillis, damping);
      if (at < 0) {
        return this;
      }
    } else if (at == least) {
      least = UNKNOWN;
    }
    row.put(
        at,
        neighbor,
        row.forward(at) + (float) (forwardWeight * scale),
        row.backward(at) + (float) (backwardWeight * scale),
        row.error(at));
    return row;
  }

  /** Gives the place that a newcomer takes, or -1 if it is turned away. */
  private int admit(int neighbor, double weight, long atMillis, Dampings.AsOf damping) {
    if (least == UNKNOWN) {
      least = leastSimilar(Hashes.below(Hashes.mix(atMillis - neighbor), size), damping);
    }
    float own = damping.of(neighbor);
    double similarity = weight * own;
    double atStake = bound(least) * damping.of(slot(least));
    double chance = Hashes.unit(Hashes.mix(Hashes.mix(atMillis + neighbor) + slot(least)));
    if (chance * (similarity + atStake) > similarity) {
      return -1;
    }
    int place = least;
    // Without shrinkage, what nobody has counted yet weighs nothing, and nothing can be divided by.
    put(place, neighbor, 0, 0, own > 0 ? (float) (atStake / own) : 0);
    least = UNKNOWN;
    return place;
  }

  /** Gives the most that a neighbour can weigh. */
  private float bound(int at) {
    return forward(at) + backward(at) + error(at);
  }

  private void put(int at, int neighbor, float forward, float backward, float error) {
    data[at] = neighbor;
    data[capacity + at] = Float.floatToRawIntBits(forward);
    data[2 * capacity + at] = Float.floatToRawIntBits(backward);
    // The upper half of a float that is not negative, rounded up: a bound stays a bound.
    int half = Float.floatToRawIntBits(error) + 0xffff >>> 16;
    int place = PLANES * capacity + at / 2;
    data[place] =
        at % 2 == 0 ? data[place] & 0xffff_0000 | half : data[place] & 0xffff | half << 16;
  }

  private int find(int neighbor) {
    return VectorOps.indexOf(data, 0, size, neighbor);
  }

  /** Looks at some of the neighbours only, in the manner of the paper's d-way variant. */
  private int leastSimilar(int from, Dampings.AsOf damping) {
    int found = from;
    float lowest = Float.POSITIVE_INFINITY;
    for (int n = 0, at = from; n < Math.min(WAYS, size); n++, at++) {
      at = at == size ? 0 : at;
      float similarity = bound(at) * damping.of(slot(at));
      if (similarity < lowest) {
        lowest = similarity;
        found = at;
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
      put(i, slot(i), forward(i) * factor, backward(i) * factor, error(i) * factor);
    }
    landmarkMillis = atMillis;
    return 1;
  }

  /** Gives by what to multiply a weight of this row to have it as of a time. */
  double decay(long atMillis, long halfLifeMillis) {
    // A row that was touched far ahead of its time would read as infinite, and then as no number.
    return Math.pow(2, Math.min(MAX_EXPONENT, -exponent(atMillis, halfLifeMillis)));
  }

  private double exponent(long atMillis, long halfLifeMillis) {
    return halfLifeMillis == 0 ? 0 : (double) (atMillis - landmarkMillis) / halfLifeMillis;
  }
}
