/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.neighbor;

import io.github.flinkrecsys.core.feature.DecayedCount;

/**
 * The neighbours of one item, as the keyed state of its owner; changed by {@link NeighborListRule}.
 * Flink POJO. About 30 bytes and the id per neighbour.
 *
 * <p>Weights are held as of {@link #landmarkMillis} (forward decay), counts in the stored form of
 * {@link DecayedCount}.
 */
public class NeighborList {
  /** Ids of the neighbours, unordered; of this and the other arrays the first {@link #size}. */
  public String[] itemIds = new String[0];

  /** Hashes of the ids. */
  public int[] hashes = new int[0];

  /** Weights of the pairs in which the neighbour came later. */
  public float[] forward = new float[0];

  /** Weights of the pairs in which the neighbour came earlier. */
  public float[] backward = new float[0];

  /** What each neighbour may have weighed before it was admitted. */
  public float[] errors = new float[0];

  /** How often each neighbour was interacted with, when last heard of. */
  public double[] counts = new double[0];

  /** How many neighbours there are. */
  public int size;

  /** How often the item itself was interacted with. */
  public double itemCount = DecayedCount.EMPTY;

  /** Event time as of which weights are held. */
  public long landmarkMillis;

  /** Event time of the newest pair. */
  public long lastSeenMillis = Long.MIN_VALUE;

  /** Changes since the list was sent last. */
  public int unsent;

  /** Makes an empty list. */
  public NeighborList() {}
}
