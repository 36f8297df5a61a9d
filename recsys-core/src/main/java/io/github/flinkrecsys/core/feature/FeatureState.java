/*
 * Copyright 2026 The Recsys for Apache Flink authors
 * SPDX-License-Identifier: Apache-2.0
 */
package io.github.flinkrecsys.core.feature;

/**
 * What the features of one key remember: flat arrays, laid out by {@link FeatureExtractor}. A Flink
 * POJO: it is state, so neither the class nor its fields may be renamed.
 */
public class FeatureState {
  /** Value of {@link #newestMillis} before the first interaction. */
  public static final long NONE = -1;

  /** {@link FeatureConfig#version} of the config that the arrays belong to. */
  public long version;

  /** Event time of the newest interaction in milliseconds, or {@link #NONE}. */
  public long newestMillis = NONE;

  /** Decayed counts and times of last events; negative infinity where nothing happened. */
  public double[] sums = new double[0];

  /** Counts per bucket of the sliding windows. */
  public int[] buckets = new int[0];

  /** Makes an empty one. */
  public FeatureState() {}
}
