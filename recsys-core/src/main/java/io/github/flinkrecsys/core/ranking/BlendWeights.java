/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What has been learned about blend weights, as sums of changes by segment and source. Serves as
 * the weights that threads share, as the buffer of what one thread has not sent yet, and as the
 * sums that a checkpoint holds.
 *
 * <p>Safe for any number of threads.
 */
public final class BlendWeights {
  /** Segments of users: by the number of items they are known to have turned to. */
  public static final int SEGMENTS = 5;

  /** What all segments share is kept like a segment of its own. */
  static final int SHARED = SEGMENTS;

  private static final int ROWS = SEGMENTS + 1;

  private final List<String> sources = new ArrayList<>();
  private double[][] changes = new double[ROWS][0];
  private double[][] squares = new double[ROWS][0];
  private boolean empty = true;

  /** Makes weights of which nothing has been learned. */
  public BlendWeights() {}

  /**
   * Tells a user's segment.
   *
   * @param historyLength items that the user is known to have turned to
   * @return the whole part of its logarithm to base 3: 0 for 1 and 2, 1 up to 8, 2 up to 26, 3 up
   *     to 80, 4 beyond
   */
  public static int segment(int historyLength) {
    int segment = 0;
    for (int bound = 3; segment < SEGMENTS - 1 && historyLength >= bound; bound *= 3) {
      segment++;
    }
    return segment;
  }

  /**
   * Tells whether nothing was added.
   *
   * @return true if so, since the last {@link #clear}
   */
  public synchronized boolean isEmpty() {
    return empty;
  }

  /**
   * Reads the weights of a segment.
   *
   * @param segment of the user
   * @param names of the sources
   * @param start weights to which changes are added
   * @param into receives the weights, in the order of the names
   */
  synchronized void read(int segment, List<String> names, double[] start, double[] into) {
    for (int s = 0; s < names.size(); s++) {
      int index = sources.indexOf(names.get(s));
      double change = index < 0 ? 0 : changes[SHARED][index] + changes[segment][index];
      double weight = start[s] + change;
      into[s] = Math.max(-BlendConfig.MAX_WEIGHT, Math.min(BlendConfig.MAX_WEIGHT, weight));
    }
  }

  /** Gives the sum of squared gradients of a weight. */
  synchronized double squares(int segment, String source) {
    int index = sources.indexOf(source);
    return index < 0 ? 0 : squares[segment][index];
  }

  synchronized void add(int segment, String source, double change, double square) {
    int index = index(source);
    changes[segment][index] += change;
    squares[segment][index] += square;
    empty = false;
  }

  private int index(String source) {
    int index = sources.indexOf(source);
    if (index < 0) {
      index = sources.size();
      sources.add(source);
      for (int segment = 0; segment < ROWS; segment++) {
        changes[segment] = Arrays.copyOf(changes[segment], index + 1);
        squares[segment] = Arrays.copyOf(squares[segment], index + 1);
      }
    }
    return index;
  }

  /**
   * Adds what was learned elsewhere.
   *
   * @param deltas sums
   */
  public synchronized void add(BlendDeltas deltas) {
    int count = deltas.sources().length;
    for (int segment = 0; segment < ROWS; segment++) {
      for (int s = 0; s < count; s++) {
        add(
            segment,
            deltas.sources()[s],
            deltas.values()[segment * count + s],
            deltas.values()[(ROWS + segment) * count + s]);
      }
    }
  }

  /**
   * Copies the sums.
   *
   * @param origin of the replica that holds them already
   * @return everything that was added since the last {@link #clear}
   */
  public synchronized BlendDeltas copy(long origin) {
    int count = sources.size();
    double[] values = new double[2 * ROWS * count];
    for (int segment = 0; segment < ROWS; segment++) {
      System.arraycopy(changes[segment], 0, values, segment * count, count);
      System.arraycopy(squares[segment], 0, values, (ROWS + segment) * count, count);
    }
    return new BlendDeltas(origin, sources.toArray(String[]::new), values);
  }

  /** Forgets everything. */
  public synchronized void clear() {
    sources.clear();
    changes = new double[ROWS][0];
    squares = new double[ROWS][0];
    empty = true;
  }
}
